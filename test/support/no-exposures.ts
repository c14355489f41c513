import type { Exposures } from '../../src/experiments/exposures/exposures.service.js';

/** For specs in which nobody takes part in an experiment. */
export const NO_EXPOSURES: Pick<Exposures, 'record'> = { record: () => Promise.resolve([]) };
