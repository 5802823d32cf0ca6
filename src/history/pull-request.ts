/**
 * The pull request that a commit came by, as the messages of forges name it. Read from: GitHub's documentation
 * ("About pull request merges"), GitLab's ("Commit message templates": the default ends with "See merge request …!N")
 * and Forgejo's ("Merge Message Templates": "Merge pull request '[title]' ([reference]) from … into …").
 */

export interface PullRequest {
  number: number;
  /** What the forge calls it by: `#12`, `!12`. */
  name: string;
  /** Its title, where the message holds it. */
  title?: string;
}

/** The pull request of a commit on the main branch; undefined where its message names none. */
export function pullRequestOf({ subject, body }: { subject: string; body: string }): PullRequest | undefined {
  const firstLine = body.split('\n').find((line) => line.trim() !== '');
  const github = /^Merge pull request #(\d+) from \S+/.exec(subject);
  if (github?.[1]) return named('#', github[1], firstLine);
  const gitea = /^Merge pull request '(.*)' \(([#!])(\d+)\) from /.exec(subject);
  if (gitea?.[3]) return named(gitea[2] as string, gitea[3], gitea[1]);
  const gitlab = /^See merge request \S*!(\d+)$/m.exec(body);
  if (gitlab?.[1]) {
    const isMerge = /^Merge branch '/.test(subject);
    return named('!', gitlab[1], isMerge ? firstLine : subject);
  }
  const squashed = /^(.*\S) \(([#!])(\d+)\)$/.exec(subject);
  return squashed?.[3] ? named(squashed[2] as string, squashed[3], squashed[1]) : undefined;
}

function named(mark: string, number: string, title: string | undefined): PullRequest {
  const shown = title?.trim();
  return {
    number: Number(number),
    name: `${mark}${number}`,
    ...(shown && !/^See merge request/.test(shown) ? { title: shown } : {}),
  };
}
