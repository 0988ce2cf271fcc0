// The same random cases in every run of the tests, so that a change is judged by what it changes. `SLUICE_SEED=random npm test`
// looks elsewhere, and `SLUICE_SEED=<number>` there again: what it finds becomes a case of its own.
import { configureGlobal, readConfigureGlobal } from 'fast-check';

const { SLUICE_SEED = '20261122' } = process.env;

if (SLUICE_SEED !== 'random') configureGlobal({ ...readConfigureGlobal(), seed: Number(SLUICE_SEED) });
