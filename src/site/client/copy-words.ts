/** Puts a button under each quotation of a message: a quotation is what is sent, the text around it is guidance. */

const words = document.querySelector<HTMLElement>('[data-words]');
if (words && 'clipboard' in navigator) {
  const { copyLabel = '', copiedLabel = '', failedLabel = '' } = words.dataset;
  const said = document.createElement('p');
  said.className = 'visually-hidden';
  said.role = 'status';
  words.append(said);
  for (const quotation of words.querySelectorAll<HTMLElement>(':scope > blockquote')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy-words';
    button.textContent = copyLabel;
    button.addEventListener('click', () => {
      const tell = (label: string) => {
        button.textContent = label;
        said.textContent = label;
        setTimeout(() => {
          button.textContent = copyLabel;
        }, 3000);
      };
      navigator.clipboard.writeText(quotation.innerText.trim()).then(
        () => tell(copiedLabel),
        () => tell(failedLabel),
      );
    });
    quotation.after(button);
  }
}

export {};
