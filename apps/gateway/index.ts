// The gateway as a library, for the command line and the tests.
export { type Gateway, startGateway } from './compose.ts';
export * from './config/index.ts';
export { issueKey, type KeyOrder } from './issue-key.ts';
export { createLog } from './log.ts';
