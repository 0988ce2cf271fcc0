// The configuration of the gateway: what the wiring, the command line and the checks use of this folder.
export { knownValuesOf, policiesOf } from './build.ts';
export type {
  Config,
  ConnectionConfig,
  KnownValues,
  ListenConfig,
  OidcConfig,
  ProtocolName,
  RolesConfig,
  TlsConfig,
} from './config.ts';
export type { FileDocument } from './document.ts';
export {
  addConnection,
  addException,
  addRule,
  type Edited,
  type NewConnection,
  type NewException,
  type NewRule,
  removeConnection,
  removeRule,
  type WhichRule,
} from './edit.ts';
export { editFile } from './edit-file.ts';
export { checkText, type Loaded, type LoadOptions, loadFile, loadText } from './load.ts';
export { printProblems } from './print.ts';
export type { ConfigCode, Problem } from './problem.ts';
export { Secret } from './secret.ts';
export { type ConfigEvent, ConfigSource, type Opened } from './source.ts';
export { type DemoOptions, demoConfig, TEMPLATE } from './template.ts';
