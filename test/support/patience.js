import { jest } from '@jest/globals';

/** Above the ceiling of until.ts, which says what was waited for. */
jest.setTimeout(900_000);
