/**
 * From MDX's tree to the plan's: known blocks with checked attributes, variables and references in place of JSX,
 * expressions and links. What is not allowed is reported and left out, so that nothing downstream meets it.
 */

import type { Image, ImageReference, Link, LinkReference, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { Place } from '../blocks/block.ts';
import { blocks } from '../blocks/index.ts';
import { type Range, report } from '../diagnostics/report.ts';
import { kinds } from '../kinds/index.ts';
import { type Block, type ContentRoot, isPhrasing } from '../model/content.ts';
import { nearestName } from '../model/nearest-name.ts';
import { parseReference } from '../model/reference.ts';
import { shapeAttributes } from './attributes.ts';
import { attributeRanges } from './mdx.ts';
import { type Jsx, openingTag, placeOf, type Shaped, type Shaping } from './shaping.ts';

const variableForm = /^\s*([a-zA-Z][a-zA-Z0-9]*(?:\.[a-zA-Z][a-zA-Z0-9]*)*)\s*$/;
// Browsers skip blanks and control characters in a scheme: `java\tscript:` is one.
const withoutBlanks = (url: string) => [...url].filter((character) => character > ' ').join('');
const safeSchemes = new Set(['http', 'https', 'mailto', 'tel']);

/**
 * Shapes a body.
 *
 * @param tree as parsed
 * @param text the text that was parsed, for the places of attributes
 * @param file where to report
 * @param place what the body is the top of
 */
export function shape(tree: Root, text: string, file: VFile, place: Place): Shaped {
  let ranges: ReturnType<typeof attributeRanges> | undefined;
  const shaping: Shaping = {
    tree: { type: 'root', children: [] },
    references: [],
    variables: [],
    links: [],
    file,
    text,
    // Most bodies define nothing, and then the tree need not be walked for it.
    definitions: text.includes(']:') ? definitionsIn(tree) : new Map(),
    // Only a file with a fault in an attribute pays for the second parse.
    attributeRange: (block, attribute) => {
      ranges ??= attributeRanges(text);
      return ranges(block, attribute);
    },
  };
  shaping.tree.children = shapeFlow(tree.children, place, shaping);
  checkHeadings(shaping.tree, file);
  return shaping;
}

/** Nodes where paragraphs may stand. */
function shapeFlow(nodes: readonly RootContent[], place: Place, shaping: Shaping): RootContent[] {
  const result: RootContent[] = [];
  let run: PhrasingContent[] = [];
  // The expression that the run ends with.
  let expression: Range | undefined;
  const endRun = () => {
    const content = trimmed(run);
    if (content.length > 0)
      result.push({ type: 'paragraph', children: content, position: spanOf(content) } as Paragraph);
    run = [];
    expression = undefined;
  };
  for (const node of nodes.flatMap((child) => unravel(child))) {
    if ((node.type as string) === 'mdxFlowExpression') {
      // Several on one line are one paragraph; the parsers do not agree on how to say so.
      const here = placeOf(node);
      const gap = expression && shaping.text.slice(expression.end.offset, here.start.offset);
      if (gap === undefined || /\n[ \t]*\r?\n/.test(gap)) endRun();
      else if (gap !== '')
        run.push({
          type: 'text',
          value: gap.includes('\n') ? '\n' : gap,
          position: { start: (expression as Range).end, end: here.start },
        });
      const variable = shapeExpression(node, shaping);
      if (variable) run.push(variable);
      expression = here;
      continue;
    }
    if (expression) endRun();
    if (isAmongWords(node)) {
      // A block written on one line holds text without a paragraph; give it one, as it has on several lines.
      run.push(...(shapePhrasing([node], shaping) as PhrasingContent[]));
      continue;
    }
    endRun();
    const shaped = shapeNode(node, place, shaping);
    if (shaped) result.push(shaped);
  }
  endRun();
  return result;
}

/** A paragraph of blocks and expressions alone is those: MDX reads a block on one line as part of a paragraph. */
function unravel(node: RootContent): RootContent[] {
  if (node.type !== 'paragraph') return [node];
  const children = node.children as RootContent[];
  const [first] = children;
  if (first?.type === 'text' && /\S/.test(first.value)) return [node];
  const said = children.filter((child) => !(child.type === 'text' && /^\s*$/.test(child.value)));
  if (!said.every((child) => isJsx(child) || (child.type as string) === 'mdxTextExpression')) return [node];
  return said.map(
    (child) => ({ ...child, type: isJsx(child) ? 'mdxJsxFlowElement' : 'mdxFlowExpression' }) as RootContent,
  );
}

function shapeNode(node: RootContent, place: Place, shaping: Shaping): RootContent | undefined {
  const { file } = shaping;
  switch (node.type as string) {
    case 'mdxjsEsm':
      report(
        file,
        'code-in-content',
        { what: /^\s*export/.test((node as unknown as { value: string }).value) ? 'An export' : 'An import' },
        placeOf(node),
      );
      return undefined;
    case 'mdxJsxFlowElement':
      return shapeJsx(node as unknown as Jsx, place, shaping);
    case 'html':
      report(file, 'raw-html', { name: 'html' }, placeOf(node));
      return undefined;
    case 'paragraph':
    case 'heading':
    case 'tableCell': {
      const children = shapePhrasing((node as Paragraph).children, shaping);
      return children === (node as Paragraph).children ? node : ({ ...node, children } as RootContent);
    }
    case 'definition':
      // Links take its address with them, see shapePhrasing.
      return undefined;
    default:
      return 'children' in node
        ? ({ ...node, children: shapeFlow(node.children as RootContent[], within(place), shaping) } as RootContent)
        : node;
  }
}

// What stays as it was parsed: most of what is written.
const plain = new Set(['text', 'inlineCode', 'break']);

function shapePhrasing(nodes: RootContent[], shaping: Shaping): RootContent[] {
  if (nodes.every((node) => plain.has(node.type))) return nodes;
  return nodes.flatMap((node): RootContent[] => {
    switch (node.type as string) {
      case 'mdxTextExpression': {
        const variable = shapeExpression(node, shaping);
        return variable ? [variable] : [];
      }
      case 'mdxJsxTextElement': {
        const element = node as unknown as Jsx;
        if (element.name && blocks.has(element.name))
          report(
            shaping.file,
            'block-misplaced',
            { name: element.name, parent: 'in the middle of a paragraph', allowed: ['on lines of its own'] },
            openingTag(element),
          );
        else reportUnknown(element, shaping);
        return shapePhrasing(element.children, shaping);
      }
      case 'html':
        report(shaping.file, 'raw-html', { name: 'html' }, placeOf(node));
        return [];
      case 'link': {
        const link = node as Link;
        const children = shapePhrasing(link.children, shaping) as PhrasingContent[];
        const reference = checkAddress(link.url, placeOf(link), false, shaping);
        return [
          reference ? { type: 'referenceLink', reference, children, position: placeOf(link) } : { ...link, children },
        ];
      }
      case 'linkReference': {
        const { identifier, children, position } = node as LinkReference;
        const definition = shaping.definitions.get(identifier);
        if (!definition) return shapePhrasing(children, shaping);
        definition.used ??= { reference: checkAddress(definition.url, placeOf(definition), false, shaping) };
        const { reference } = definition.used;
        const inner = shapePhrasing(children, shaping) as PhrasingContent[];
        if (reference) return [{ type: 'referenceLink', reference, children: inner, position: placeOf({ position }) }];
        return [
          { type: 'link', url: definition.url, title: definition.title ?? null, children: inner, position } as Link,
        ];
      }
      case 'imageReference': {
        const { identifier, alt, position } = node as ImageReference;
        const definition = shaping.definitions.get(identifier);
        if (!definition) return [];
        return shapePhrasing(
          [{ type: 'image', url: definition.url, title: definition.title ?? null, alt, position } as Image],
          shaping,
        );
      }
      case 'image': {
        const image = node as Image;
        if (!image.alt) report(shaping.file, 'image-without-text', {}, placeOf(image));
        checkAddress(image.url, placeOf(image), true, shaping);
        return [image];
      }
      default:
        return [
          'children' in node
            ? ({ ...node, children: shapePhrasing(node.children as RootContent[], shaping) } as RootContent)
            : node,
        ];
    }
  });
}

function shapeExpression(node: RootContent, { file, variables }: Shaping): PhrasingContent | undefined {
  const { value } = node as unknown as { value: string };
  const range = placeOf(node);
  const name = variableForm.exec(value)?.[1];
  if (name === undefined) {
    report(
      file,
      'code-in-content',
      { what: /^\s*\/[*/]/.test(value) ? 'A comment in braces' : 'An expression in braces' },
      range,
    );
    return undefined;
  }
  variables.push({ name, range });
  return { type: 'variable', value: name, position: range };
}

/** Checks where a link leads. Returns the reference when it names a document or a step. */
function checkAddress(url: string, range: Range, image: boolean, shaping: Shaping): string | undefined {
  const { file, references, links } = shaping;
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(withoutBlanks(url))?.[1]?.toLowerCase();
  if (image) {
    if (scheme !== undefined || url.startsWith('//'))
      report(
        file,
        scheme === undefined || safeSchemes.has(scheme) ? 'remote-image' : 'dangerous-address',
        { address: url },
        range,
      );
    else links.push({ target: url, range, image });
    return undefined;
  }
  if (scheme === undefined) {
    if (url.startsWith('#')) {
      references.push({ expected: 'local', text: url.slice(1), range });
      return url;
    }
    if (url.startsWith('//')) report(file, 'dangerous-address', { address: url }, range);
    else links.push({ target: url, range, image });
    return undefined;
  }
  if (safeSchemes.has(scheme)) return undefined;
  const known = [...kinds.keys()];
  if (kinds.has(scheme) || (parseReference(url) && nearestName(scheme, known))) {
    references.push({ expected: 'any', text: url, range });
    return url;
  }
  report(file, 'dangerous-address', { address: url }, range);
  return undefined;
}

function shapeJsx(element: Jsx, place: Place, shaping: Shaping): RootContent | undefined {
  const definition = element.name === null ? undefined : blocks.get(element.name);
  if (!definition) {
    reportUnknown(element, shaping);
    // What stands inside is still read, so that its faults are told in the same run.
    shapeFlow(element.children, place, shaping);
    return undefined;
  }
  if (!definition.standsIn.includes(place))
    report(
      shaping.file,
      'block-misplaced',
      {
        name: definition.name,
        parent: placeInWords(place),
        allowed: definition.standsIn.map(placeInWords),
      },
      openingTag(element),
    );
  const attributes = shapeAttributes(element, definition.schema, shaping);
  return {
    type: 'block',
    name: definition.name,
    schema: definition.schema,
    attributes,
    children: shapeFlow(element.children, `<${definition.name}>`, shaping),
    position: placeOf(element),
  } as Block;
}

/** Where the parts of a list, quotation or table stand. Blocks of the top level would lose their number in there. */
function within(place: Place): Place {
  return place.startsWith('<') || place === 'a property' ? place : 'a list or quotation';
}

function placeInWords(place: Place): string {
  if (place.startsWith('<') || place === 'a list or quotation') return `inside ${place}`;
  return place === 'a property' ? `in ${place}` : `at the top of ${place}`;
}

function definitionsIn(tree: Root): Shaping['definitions'] {
  const definitions: Shaping['definitions'] = new Map();
  visit(tree, 'definition', (node) => {
    // Of two with the same name the first counts (CommonMark 0.31, 4.7).
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, { ...node });
  });
  return definitions;
}

function reportUnknown(element: Jsx, { file }: Shaping): void {
  const name = element.name ?? '';
  const known = [...blocks.keys()];
  if (/^[A-Z]/.test(name))
    report(file, 'unknown-block', { name, nearest: nearestName(name, known), known }, openingTag(element));
  else report(file, 'raw-html', { name }, openingTag(element));
}

function checkHeadings(tree: ContentRoot, file: VFile): void {
  let depth = 1;
  for (const node of tree.children) {
    if (node.type !== 'heading') continue;
    if (node.depth === 1 || node.depth > depth + 1)
      report(file, 'heading-order', { depth: node.depth, expected: node.depth === 1 ? 2 : depth + 1 }, placeOf(node));
    depth = Math.max(2, node.depth);
  }
}

function isJsx(node: { type: string }): boolean {
  return node.type === 'mdxJsxTextElement' || node.type === 'mdxJsxFlowElement';
}

// Beside mdast's: what MDX puts among words, until it is shaped.
const mdxPhrasing = new Set(['mdxTextExpression', 'mdxJsxTextElement']);

function isAmongWords(node: { type: string }): boolean {
  return isPhrasing(node) || mdxPhrasing.has(node.type);
}

function trimmed(run: PhrasingContent[]): PhrasingContent[] {
  const blankText = (node: PhrasingContent | undefined) => node?.type === 'text' && /^\s*$/.test(node.value);
  let from = 0;
  let to = run.length;
  while (from < to && blankText(run[from])) from += 1;
  while (to > from && blankText(run[to - 1])) to -= 1;
  return run.slice(from, to);
}

function spanOf(nodes: PhrasingContent[]): Range {
  return {
    start: placeOf(nodes[0] as PhrasingContent).start,
    end: placeOf(nodes.at(-1) as PhrasingContent).end,
  };
}
