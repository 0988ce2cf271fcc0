// The public face of the engine.
export type {
  CustomRule,
  Engine,
  EngineSpec,
  ExactValue,
  Keyed,
  LaneOptions,
  Transformed,
  TransformOptions,
} from './api.ts';
export type { Detector, Family, Match, Verdict } from './detector.ts';
export { LEFT_CONTEXT } from './detector.ts';
export { compileEngine } from './engine.ts';
export {
  type MaskOptions,
  mask,
  type Sink,
  scan,
  stream,
  type TextTransformer,
  transformer,
} from './library.ts';
export { StreamCut } from './masker/cut.ts';
export { MOST_IN_ALL, packed } from './packed/packed.ts';
export { type ScanInput, type ScanOutput, scanLine } from './scan-line.ts';
export { MIN_EXACT } from './scanner/exact.ts';
export { LIMIT_KIND } from './scanner/plan.ts';
export { across, type Part } from './seams/across.ts';
export { AcrosticReader } from './seams/acrostic.ts';
export { Growing } from './seams/growing.ts';
export type { Given, Split, Splits } from './seams/split.ts';
