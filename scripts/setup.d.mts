// The types of setup.mjs, as far as tests use it; it runs before anything is installed and is therefore plain JavaScript.

/** Whether node_modules in the folder is what its lockfile says. Default: this project. */
export function isInstalled(folder?: string): boolean;
