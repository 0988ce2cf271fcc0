// Loaded before every file of the project: drops the one warning that says node:sqlite is experimental.
// Every other warning, experimental ones included, is still shown.
const emit = process.emitWarning;

process.emitWarning = function emitWarning(warning, ...rest) {
  if (String(warning).startsWith('SQLite is an experimental feature')) return;
  Reflect.apply(emit, process, [warning, ...rest]);
};
