import { expectStatus, expectThat, type Check } from './check.js';
import type { CheckedSystem } from './checked-system.js';
import { HOT_TEXT, leadBody } from './lead-body.js';

export const EDGE_CHECKS: readonly Check[] = [
  { promise: 'starts on an empty data folder and is healthy', verify: isHealthy },
  { promise: 'refuses a wrong signature with 403 and keeps nothing', verify: refusesForgery },
  { promise: 'refuses malformed bodies with 400 and a problem document', verify: refusesMalformed },
  { promise: 'lets /analyze-lead be used with an API key only', verify: guardsAnalysis },
];

async function isHealthy(system: CheckedSystem): Promise<void> {
  await system.start();
  const { status } = expectStatus(await system.connect().readHealth(), 200);
  expectThat(status === 'healthy', `/health says ${String(status)}`);
}

async function refusesForgery(system: CheckedSystem): Promise<void> {
  const client = system.connect();
  const body = leadBody('forged', HOT_TEXT);
  for (const signature of ['0'.repeat(64), 'N/A', '']) {
    const { detail } = expectStatus(await client.postWebhook(body, signature), 403);
    expectThat(detail === 'Invalid webhook signature', `the detail is "${String(detail)}"`);
  }
  const reply = expectStatus(await client.sendWebhook(body), 200);
  expectThat(reply['status'] === 'processed', 'a forged delivery made the real one a repeat');
}

async function refusesMalformed(system: CheckedSystem): Promise<void> {
  const client = system.connect();
  const cases: readonly (readonly [body: string, detail: string])[] = [
    ['{"type": "message.received"', 'Malformed JSON payload'],
    ['', 'Malformed JSON payload'],
    ['[]', 'Invalid webhook payload'],
    ['{"type":"message.received","message":"hi"}', 'Invalid webhook payload'],
  ];
  for (const [body, detail] of cases) {
    const problem = expectStatus(await client.sendWebhook(body), 400);
    expectThat(problem['detail'] === detail, `"${body}" is "${String(problem['detail'])}"`);
  }
}

async function guardsAnalysis(system: CheckedSystem): Promise<void> {
  const client = system.connect();
  expectStatus(await client.analyseLead({ message: HOT_TEXT }, undefined), 401);
  expectStatus(await client.analyseLead({ message: HOT_TEXT }, 'gg_wrong'), 401);
  const analysis = expectStatus(
    await client.analyseLead({ message: HOT_TEXT }, system.adminKey),
    200,
  );
  expectThat(analysis['priority'] === 'high', `the priority is ${String(analysis['priority'])}`);
}
