/** What the webhook counts before an intake exists. Also the injection token. */
export abstract class WebhookCounters {
  /** Called once for each request whose proof is missing, malformed or wrong. */
  abstract signatureFailed(): void;
}
