// The configuration of the gateway: what the wiring, the command line and the checks use of this folder.
export type {
  Config,
  ConnectionConfig,
  ListenConfig,
  OidcConfig,
  ProtocolName,
  RolesConfig,
  TlsConfig,
} from './config.ts';
export { checkText, type Loaded, type LoadOptions, loadFile, loadText } from './load.ts';
export type { ConfigCode, Problem } from './problem.ts';
export { Secret } from './secret.ts';
