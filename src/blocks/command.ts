import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { isBlock } from '../model/content.ts';
import { isHarmless, placeholderPatterns, placeholdersIn, quotingContext, splitCommand } from '../model/placeholder.ts';
import type { BlockAttributes } from '../model/schema-types.ts';
import { defineBlock, insideSteps } from './block.ts';

/** A command or query: where it is run, with which account, what it is, and what its answers mean. */
export const command = defineBlock<'command'>({
  name: 'Command',
  schema: 'command',
  standsIn: insideSteps,
  draw(block, draw) {
    const { text } = draw;
    const { shell, on, as, checked, checkedOn, checkedWhere } = block.attributes;
    const code = block.children.find((child) => child.type === 'code');
    const placeholders = block.children.filter((child) => isBlock(child, 'placeholder'));
    const declared = new Set(placeholders.map((placeholder) => placeholder.attributes.name));
    const answers = block.children.filter((child) => child !== code && !isBlock(child, 'placeholder'));
    // Inside a runbook it is enough to know whether it was run; the action's own page says where.
    const checkedLine =
      draw.numberPrefix !== ''
        ? text.checkedShort[checked](checkedOn)
        : checked === 'run'
          ? text.checkedRun(checkedWhere, checkedOn)
          : text.checkedDocumentation(checkedWhere, checkedOn);
    const pieces = code ? drawPieces(code.value, declared, shell) : [];
    return [
      h('figure.command', { dataShell: shell }, [
        h('figcaption.command-place', [
          h('span', [h('strong', `${text.runOn} `), `${on}, `, h('strong', `${text.runAs} `), as]),
          h('span.command-shell', text.shells[shell]),
        ]),
        h('pre', [h('code', pieces)]),
        ...(placeholders.length > 0 ? [h('dl.placeholders', draw.children(placeholders))] : []),
        ...draw.children(answers),
        h('p.command-checked', { dataChecked: checked }, checkedLine),
      ]),
    ];
  },
  check(block, { report }) {
    const code = block.children.find((child) => child.type === 'code');
    if (!code) {
      report('command-without-code', {}, block.position);
      return;
    }
    const placeholders = block.children.filter((child) => isBlock(child, 'placeholder'));
    const used = placeholdersIn(code.value);
    for (const { name, offset } of used) {
      const declaration = placeholders.find((placeholder) => placeholder.attributes.name === name);
      if (!declaration) {
        report('placeholder-undeclared', { name }, code.position as typeof block.position);
        continue;
      }
      const context = quotingContext(code.value, offset, block.attributes.shell);
      if (
        context !== 'bare' &&
        !isHarmless(declaration.attributes.pattern ?? placeholderPatterns[declaration.attributes.type])
      )
        report('placeholder-unquotable', { name, where: context }, declaration.position);
    }
    for (const { attributes, position } of placeholders)
      if (!used.some(({ name }) => name === attributes.name))
        report('placeholder-unused', { name: attributes.name }, position);
  },
});

/** The text of a command; each placeholder says whether the shell's own quotes go around its value. */
function drawPieces(
  value: string,
  declared: ReadonlySet<string>,
  shell: BlockAttributes['command']['shell'],
): (ElementContent | string)[] {
  let offset = 0;
  return splitCommand(value, declared).map((piece) => {
    const written = 'text' in piece ? piece.text : `<${piece.placeholder}>`;
    const context = quotingContext(value, offset, shell);
    offset += written.length;
    if ('text' in piece) return written;
    return h(
      'var.placeholder',
      { dataPlaceholder: piece.placeholder, dataQuote: context === 'bare' ? 'yes' : 'no' },
      written,
    );
  });
}

/** A value that the responder fills in. */
export const placeholder = defineBlock<'placeholder'>({
  name: 'Placeholder',
  schema: 'placeholder',
  standsIn: ['<Command>'],
  draw(block, draw) {
    const { name, type, pattern } = block.attributes;
    return [
      h('dt', [h('var.placeholder', `<${name}>`)]),
      // The usual pattern of a type is known to the script that checks the value.
      h('dd', { dataPlaceholder: name, dataType: type, dataPattern: pattern }, draw.children(block.children)),
    ];
  },
});

/** What a good answer looks like. */
export const goodAnswer = defineBlock<'good-answer'>({
  name: 'GoodAnswer',
  schema: 'good-answer',
  standsIn: ['<Command>'],
  draw: (block, draw) => [
    h('.answer.answer-good', [h('strong.answer-word', `${draw.text.goodAnswer}: `), ...draw.children(block.children)]),
  ],
});

/** What a bad answer looks like. */
export const badAnswer = defineBlock<'bad-answer'>({
  name: 'BadAnswer',
  schema: 'bad-answer',
  standsIn: ['<Command>'],
  draw: (block, draw) => [
    h('.answer.answer-bad', [h('strong.answer-word', `${draw.text.badAnswer}: `), ...draw.children(block.children)]),
  ],
});
