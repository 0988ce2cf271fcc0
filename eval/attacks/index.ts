// The sets of prompts and answers, harmful and harmless. A new group is a row in one of the tables.
import { leaks, lookAlikes } from './answers.ts';
import { harmless } from './harmless.ts';
import { attacks } from './prompts.ts';

export const promptsOf = { attacks, harmless } as const;
export const answersOf = { leaks, lookAlikes } as const;
