// What a check can find, by name. The names are for machines; the words beside them for people.

export const PROBLEMS = {
  unreadable: 'it cannot be read',
  wrong_key: 'it was signed with another key than the one given',
  bad_signature: 'its signature is not of this text',
  other_log: 'it is of another log',
  altered_manifest: 'the manifest is not the one that was signed',
  missing_file: 'a file that the manifest lists is not there',
  added_file: 'a file is there that the manifest does not list',
  altered_file: 'a file is not the one that the manifest lists',
  missing_proof: 'an entry has no proof',
  not_included:
    'an entry is not in the tree at its place: it, its place or its proof was changed, or it is of another log',
  altered_policy: 'the text of a policy is not the one that the record names',
  truncated: 'entries at the end are gone',
  deleted: 'entries in the middle are gone',
  inserted: 'there are entries that were not recorded',
  reordered: 'entries are not in the order in which they were recorded',
  altered_header: 'an entry was changed',
  altered_body: 'a sealed body is not the one that was recorded',
  altered_tile: 'a tile of the tree was changed',
  forked: 'two histories were signed: a checkpoint does not continue the other',
  rolled_back: 'the record is older than a checkpoint that was kept outside',
} as const;

export type ProblemName = keyof typeof PROBLEMS;

export interface Problem {
  readonly problem: ProblemName;
  /** Which file, entry or checkpoint. Never what an entry says. */
  readonly where: string;
}

export interface Verdict {
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly proves: readonly string[];
  readonly doesNotProve: readonly string[];
}
