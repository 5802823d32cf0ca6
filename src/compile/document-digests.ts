/** The digests of the documents of a plan: of a document itself, and of a runbook with the actions that it uses. */

import { isBlock } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import { digestOf, documentDigest } from './digest.ts';

/**
 * How documents of a plan get their digests. They are worked out when they are asked for: a check never does, and they
 * are a good part of the time of one.
 *
 * @param documents of the plan by `kind:id`; they may still be on their way into it
 */
export function digestsIn(documents: ReadonlyMap<string, Document>): (document: Document) => string {
  const own = remembered(({ data, body }) => documentDigest(data, body?.tree.children));
  return remembered((document) => {
    // A runbook says what its actions say: approving it approves them.
    const used = usedActions(document).map((id) => {
      const action = documents.get(`action:${id}`);
      return action ? own(action) : '';
    });
    return used.length > 0 ? digestOf([own(document), used]) : own(document);
  });
}

function remembered(work: (document: Document) => string): (document: Document) => string {
  const known = new WeakMap<Document, string>();
  return (document) => {
    const digest = known.get(document) ?? work(document);
    known.set(document, digest);
    return digest;
  };
}

function usedActions({ body }: Document): string[] {
  return (body?.steps ?? []).flatMap(({ block }) => (isBlock(block, 'use') ? [block.attributes.action] : []));
}
