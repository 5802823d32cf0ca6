/** What the workflows of a repository have to know of it. */

export interface CiOptions {
  forge: 'github' | 'gitlab' | 'gitea' | 'git';
  /** The default branch: what is merged into it is the plan. */
  branch: string;
  /** Folder of the plan in the repository, without a slash at its end: `content`; `.` for the repository itself. */
  contentFolder: string;
  /** Who can read the host that the site is put on. Default: nobody has said so, and nothing is put anywhere. */
  deploy?: Deploy | undefined;
}

interface Deploy {
  /** Who can open the site: `everyone`, or words such as `staff, through the company's sign-in`. */
  readers: string;
  /** Audience that the site is built for. Default: public. */
  audience?: string | undefined;
}
