import { availableParallelism, cpus, loadavg } from 'node:os';
import { findBinaryPackage } from '../../src/database/embedded/postgres-binaries.js';

/** What a figure depends on; printed with every figure. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const { version } = findBinaryPackage(process.platform, process.arch);
  const load = loadavg()[0] ?? 0;
  return [
    `${availableParallelism()} cores (${model})`,
    `Node ${process.version}`,
    `PostgreSQL ${version}`,
    new Date().toISOString().slice(0, 10),
    `load average ${load.toFixed(1)} at the end`,
  ].join(', ');
}
