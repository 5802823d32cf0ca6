import fc from 'fast-check';
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import { htmlOf } from '../../src/compile/html.ts';

const reference = (children: ElementContent[]) => toHtml({ type: 'root', children }, { closeSelfClosing: false });

const text = fc.oneof(fc.string(), fc.constantFrom('a < b && c', '"it\'s" `so`', '\u0000', '&amp;', 'naïve → 雪', ''));
const value = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  fc.constantFrom(null, undefined, Number.NaN),
  fc.array(fc.oneof(text, fc.integer()), { maxLength: 3 }),
);
// Switches, lists with blanks and with commas, what is both a switch and a text, and names that are written otherwise.
const names = fc.constantFrom(
  ...'id className href dataTick data-tick ariaHidden checked hidden download accept tabIndex role htmlFor rel'.split(
    ' ',
  ),
);
const tags = fc.constantFrom(...'p a div li input br img th details script svg template'.split(' '));
const { node } = fc.letrec<{ node: ElementContent }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((written): ElementContent => ({ type: 'text', value: written })),
    fc.constant<ElementContent>({ type: 'comment', value: 'said aside' }),
    fc.tuple(tags, fc.dictionary(names, value, { maxKeys: 4 }), fc.array(tie('node'), { maxLength: 4 })).map(
      ([tagName, properties, children]) =>
        ({
          type: 'element',
          tagName,
          properties,
          children,
          ...(tagName === 'template' ? { content: { type: 'root', children } } : {}),
        }) as Element,
    ),
  ),
}));

test('writes what the reference writes', () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 5 }), (nodes) => {
      expect(htmlOf(nodes)).toBe(reference(nodes));
    }),
    { numRuns: 500 },
  );
});

test('escapes what would end a text or an attribute', () => {
  const link: Element = {
    type: 'element',
    tagName: 'a',
    properties: { href: '"><script>' },
    children: [{ type: 'text', value: '<script>alert(1)</script>' }],
  };
  expect(htmlOf([link])).toBe('<a href="&#x22;><script>">&#x3C;script>alert(1)&#x3C;/script></a>');
});
