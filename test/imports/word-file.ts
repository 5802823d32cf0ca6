/** Small Word files, made for tests from their parts. */

import JSZip from 'jszip';

const types =
  '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

const styles = `<?xml version="1.0" encoding="UTF-8"?><w:styles ${word}>${['Title', 'heading 1', 'heading 2']
  .map((name) => `<w:style w:type="paragraph" w:styleId="${name.replace(' ', '')}"><w:name w:val="${name}"/></w:style>`)
  .join('')}</w:styles>`;
const numbering = `<?xml version="1.0" encoding="UTF-8"?><w:numbering ${word}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

/** A paragraph: plain, in a style, as an item of a list, or bold. */
export function paragraph(text: string, how: { style?: string; item?: boolean; bold?: boolean } = {}): string {
  const style = how.style ? `<w:pStyle w:val="${how.style}"/>` : '';
  const item = how.item ? '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' : '';
  const bold = how.bold ? '<w:rPr><w:b/></w:rPr>' : '';
  return `<w:p><w:pPr>${style}${item}</w:pPr><w:r>${bold}<w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

export function table(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('');
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

/** The bytes of a Word file with this body. `more` are further parts by their path. */
export async function wordFile(
  body: string,
  more: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Uint8Array> {
  const archive = new JSZip();
  archive.file('[Content_Types].xml', types);
  archive.file(
    '_rels/.rels',
    relations(`<Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/>`),
  );
  archive.file(
    'word/_rels/document.xml.rels',
    relations(
      `<Relationship Id="r1" Type="${office}/styles" Target="styles.xml"/><Relationship Id="r2" Type="${office}/numbering" Target="numbering.xml"/><Relationship Id="r3" Type="${office}/footnotes" Target="footnotes.xml"/>`,
    ),
  );
  archive.file('word/styles.xml', styles);
  archive.file('word/numbering.xml', numbering);
  archive.file(
    'word/document.xml',
    `<?xml version="1.0" encoding="UTF-8"?><w:document ${word}><w:body>${body}</w:body></w:document>`,
  );
  for (const [path, content] of Object.entries(more)) archive.file(path, content);
  return archive.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

/** A part that holds paragraphs in another element than the body: a header, the footnotes. */
export const wordPart = (element: string, inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><w:${element} ${word}>${inner}</w:${element}>`;
