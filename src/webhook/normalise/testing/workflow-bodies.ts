import { readFileSync } from 'node:fs';

/** A body as a real sender makes it, and what a user expects of it. */
export interface WorkflowBody {
  readonly case: string;
  readonly sent_with: string;
  readonly expect: string;
  readonly body: object;
}

export const { cases: WORKFLOW_BODIES } = JSON.parse(
  readFileSync('test/fixtures/vectors/workflow-bodies.json', 'utf8'),
) as { readonly cases: readonly WorkflowBody[] };
