/**
 * A process that runs the built-in PostgreSQL on a data folder: started by the global set-up and by
 * the specs of the supervisor. It prints one line of JSON when the server is ready or has failed,
 * and stops when its standard input closes, so that it never outlives its parent.
 */
import { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';

const [dataDir = '', sharedRoot] = process.argv.slice(2);

try {
  const startedAt = performance.now();
  const server = await EmbeddedPostgres.start({
    dataDir,
    ...(sharedRoot === undefined ? {} : { sharedRoot }),
  });
  const startMs = Math.round(performance.now() - startedAt);
  const { url, place, version, pid } = server;
  console.log(JSON.stringify({ url, place, version, pid, startMs }));
  process.stdin.on('end', () => void server.stop().then(() => process.exit(0)));
  process.stdin.resume();
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  process.exit(1);
}
