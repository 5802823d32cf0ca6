/** The steps of a runbook's page as the reader view needs them, read off the page itself. */

export interface ReadOption {
  answer: string;
  /** Id of the step that it leads to, where that is on this page. */
  leadsTo?: string;
  element: HTMLElement;
}

export interface ReadStep {
  id: string;
  /** `RW 7` */
  number: string;
  text: string;
  /** The same with its links, such as telephone numbers. */
  instruction: Node[];
  /** Where one comes from, for a step that only a decision leads to. */
  origin: string;
  /** Who and by when, as short sentences. */
  marks: string[];
  /** Danger that stands before the step. */
  cautions: HTMLElement[];
  /** What a decision is weighed by. */
  facts?: HTMLElement;
  options: ReadOption[];
  otherwise: string;
  how?: HTMLElement;
  box: HTMLInputElement;
  element: HTMLElement;
}

const wordsOf = (element: Element | null | undefined) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** The steps of the response in the order of doing. Preparation, which is not part of a response, is left out. */
export function readSteps(page: HTMLElement): ReadStep[] {
  return [...page.querySelectorAll<HTMLElement>('.chapter:not(.phase-1) article.step')].flatMap((element) => {
    const box = element.querySelector<HTMLInputElement>('input[data-tick]');
    return box ? [readStep(element, box)] : [];
  });
}

function readStep(element: HTMLElement, box: HTMLInputElement): ReadStep {
  const instruction = element.querySelector('.step-instruction')?.cloneNode(true) as HTMLElement | undefined;
  instruction?.querySelector('.decision-word')?.remove();
  const cautions: HTMLElement[] = [];
  for (let before = element.previousElementSibling; before?.matches('.caution'); before = before.previousElementSibling)
    cautions.unshift(before as HTMLElement);
  const facts = element.querySelector<HTMLElement>(':scope > .decision-facts');
  const how = element.querySelector<HTMLElement>(':scope > .step-detail > .step-how');
  const otherwise = element.querySelector(':scope > .option-otherwise');
  return {
    id: element.id,
    number: wordsOf(element.querySelector('.step-number')),
    text: wordsOf(instruction),
    instruction: [...(instruction?.childNodes ?? [])],
    origin: wordsOf(element.querySelector(':scope > .step-origin')),
    marks: [...element.querySelectorAll(':scope > .marks > .mark')].map(wordsOf).filter(Boolean),
    cautions,
    ...(facts ? { facts } : {}),
    options: [...element.querySelectorAll<HTMLElement>(':scope > .options > .option')].map(readOption),
    otherwise: otherwise ? [...otherwise.querySelectorAll('p')].map(wordsOf).join(' ') : '',
    ...(how ? { how } : {}),
    box,
    element,
  };
}

function readOption(element: HTMLElement): ReadOption {
  const hash = element.querySelector<HTMLAnchorElement>('.option-to a[href^="#"]')?.hash.slice(1);
  return {
    answer: wordsOf(element.querySelector('.option-answer')),
    ...(hash ? { leadsTo: decodeURIComponent(hash) } : {}),
    element,
  };
}
