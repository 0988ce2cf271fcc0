// What the policy package gives out. Pure: documents and facts in, decisions out.
export type * from './api.ts';
export { authorize } from './authorize.ts';
export { type CheckTools, checkPolicies, type KnownKind } from './check.ts';
export { customRules, type OwnRule } from './custom.ts';
export { decide } from './decide.ts';
export { AccessRule, OPERATIONS, Policy, type PolicyDocument, Rule, type RuleDocument } from './document.ts';
export { type EgressItem, egressRefusal } from './egress.ts';
export { type Issue, type IssueCode, onKey, type Path, problem, warning } from './issue.ts';
export { observes } from './observe.ts';
export { type ResolveTools, resolvePolicies } from './resolve.ts';
export {
  canonical,
  deepFreeze,
  type ResolvedException,
  type ResolvedLimits,
  type ResolvedPolicy,
  type ResolvedRule,
} from './resolved.ts';
export { type Reading, type Salvaged, salvage } from './salvage.ts';
export { count, duration, name, text } from './scalars.ts';
export { BUILT_IN, STANDARD, standardPolicy } from './standard.ts';
export { didYouMean, suggest } from './suggest.ts';
export { compileTreat, covers } from './treat.ts';
export { matchesAny, matchesWildcard } from './wildcard.ts';
