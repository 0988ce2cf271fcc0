// What identity gives to the gateway: see api.ts.
export type * from './api.ts';
