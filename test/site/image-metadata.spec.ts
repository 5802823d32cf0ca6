/** Pictures lose what nobody sees of them, and a browser shows them as before. */

import { expect, test } from '@playwright/test';
import { withoutMetadata } from '../../src/site/image-metadata.ts';
import { pictureKinds, pictures } from '../pictures.ts';

const types = { png: 'png', jpg: 'jpeg', webp: 'webp', gif: 'gif', avif: 'avif', svg: 'svg+xml' };

for (const kind of pictureKinds)
  test(`a picture in ${kind} says nothing more, and looks as it did`, async ({ page }) => {
    const before = pictures('xqsecretvy')[kind];
    expect(before.toString('latin1')).toContain('xqsecretvy');
    const after = withoutMetadata(before, `pages/shown.${kind}`);
    expect(after.toString('latin1')).not.toContain('xqsecretvy');
    const points = (bytes: Buffer) =>
      page.evaluate(
        async (address) => {
          const image = new Image();
          image.src = address;
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
          const context = canvas.getContext('2d');
          context?.drawImage(image, 0, 0);
          const at = (x: number) => [...(context?.getImageData(x, 4, 1, 1).data ?? [])];
          return [image.naturalWidth, image.naturalHeight, at(2), at(13)];
        },
        `data:image/${types[kind]};base64,${bytes.toString('base64')}`,
      );
    const shown = await points(after);
    expect(shown).toEqual(await points(before));
    expect(shown.slice(0, 2)).toEqual([16, 8]);
    // The picture in JPEG is turned by its Exif, which stays: blue is on the left.
    const [left, right] = shown.slice(2) as number[][];
    const reddest = kind === 'jpg' ? right : left;
    expect(reddest?.[0]).toBeGreaterThan(200);
    expect(reddest?.[2]).toBeLessThan(60);
  });

test('what is cut short, or is no picture, stays as it is and stops nothing', () => {
  for (const kind of pictureKinds)
    for (const length of [0, 1, 3, 9, 20, 60]) {
      const bytes = pictures('xqsecretvy')[kind].subarray(0, length);
      expect(withoutMetadata(bytes, `a.${kind}`).length).toBeLessThanOrEqual(Math.max(length, 12));
    }
});
