// The model server that leaks on purpose, as a library.
export type { Answer, ToolCall } from './answer.ts';
export { FAULTS } from './faults/index.ts';
export { CUSTOMER, SECRETS } from './secrets.ts';
export { type Leaky, type LeakyOptions, type ReceivedCall, startLeaky } from './server.ts';
