import { HANDOFF_VARIABLES } from './handoff-variables.js';
import { LANGUAGE_MODEL_VARIABLES } from './language-model-variables.js';
import { MESSAGING_VARIABLES } from './messaging-variables.js';
import type { VariableSpec } from './variable-spec.js';

export type { VariableSpec } from './variable-spec.js';

export const ENVIRONMENT: readonly VariableSpec[] = [
  {
    name: 'NODE_ENV',
    fallback: 'development',
    description: '`production` closes every convenience that is not safe in public.',
  },
  { name: 'PORT', fallback: '3000', description: 'HTTP port; 0 takes a free one.' },
  { name: 'HOST', description: 'Address to listen on: `127.0.0.1`, in production `0.0.0.0`.' },
  {
    name: 'LOG_LEVEL',
    fallback: 'info',
    description: '`error`, `warn`, `info`, `debug` or `verbose`.',
  },
  {
    name: 'DATA_DIR',
    fallback: '.data',
    description: 'Folder of the embedded database and of generated secrets.',
  },
  {
    name: 'DATABASE_URL',
    secret: true,
    description: 'PostgreSQL 15 or newer; unset runs the embedded server.',
  },
  { name: 'DATABASE_POOL_SIZE', fallback: '10', description: 'Connections kept per process.' },
  {
    name: 'GHL_WEBHOOK_SECRET',
    secret: true,
    description:
      'HMAC secrets of `X-GHL-Signature`, comma-separated for rotation, 16 characters or more each; generated outside production.',
  },
  {
    name: 'GHL_WEBHOOK_PUBLIC_KEYS',
    description:
      "Ed25519 public keys (PEM, base64 or hex), comma-separated; HighLevel's published key unless set.",
  },
  {
    name: 'GHL_APP_ID',
    description:
      'Id of your marketplace app; events of other apps are refused. Required for Ed25519 in production.',
  },
  {
    name: 'GHL_WORKFLOW_SECRET',
    secret: true,
    description:
      'Bearer secrets of workflow webhooks, comma-separated for rotation, 16 characters or more each.',
  },
  {
    name: 'WEBHOOK_SIGNATURE_MODE',
    fallback: 'enforce',
    description:
      '`enforce`, or `warn` to count and let through: refused in production, with a CRM token, and unless HOST is loopback.',
  },
  {
    name: 'GHL_WEBHOOK_IDEMPOTENCY_TTL_SECONDS',
    fallback: '604800',
    description: 'How long a delivery id is remembered.',
  },
  {
    name: 'DELIVERY_RETENTION_DAYS',
    fallback: '30',
    description:
      'Days after which the stored bodies of deliveries are deleted, a partition at a time; failed ones stay.',
  },
  {
    name: 'HISTORY_RETENTION_DAYS',
    fallback: '400',
    description:
      'Days after which decisions and finished effects are deleted, a partition at a time.',
  },
  {
    name: 'LEAD_RETENTION_DAYS',
    fallback: '0',
    description:
      'Days after which the context of a lead is deleted that nobody has heard of since; a refusal stays. 0: never.',
  },
  {
    name: 'WEBHOOK_RETRY_STATUS',
    fallback: '503',
    description:
      'Reply when a delivery cannot be stored: `503`, or `429` for the older retry rule.',
  },
  {
    name: 'GHL_API_BASE_URL',
    description:
      'CRM address; unset: the real GoHighLevel when a token is set, else the built-in sandbox.',
  },
  {
    name: 'GHL_ACCESS_TOKEN',
    secret: true,
    description: 'Private integration token or OAuth access token.',
  },
  {
    name: 'GHL_LOCATION_ID',
    description: 'The location that the token belongs to; unset: the token serves every location.',
  },
  {
    name: 'GHL_RATE_LIMIT_PER_10S',
    fallback: '100',
    description: 'CRM calls allowed per location in any 10 seconds.',
  },
  {
    name: 'ADMIN_API_KEY',
    secret: true,
    description:
      'Bootstrap API key with every scope, at least 32 characters; generated outside production.',
  },
  {
    name: 'METRICS_TOKEN',
    secret: true,
    description:
      'Bearer token of /metrics and /performance, 16 characters or more; without it they are closed in production.',
  },
  {
    name: 'REPLY_MODE',
    fallback: 'high_priority',
    description: '`off`, `suggest`, `high_priority` or `all`: which replies go out by themselves.',
  },
  {
    name: 'NURTURE_WORKFLOW_ID',
    description: 'CRM workflow that a nurture follow-up adds the contact to; unset: a text.',
  },
  {
    name: 'LEAD_MIN_BUDGET',
    fallback: '200000',
    description: 'Smallest budget that meets the criteria, dollars.',
  },
  {
    name: 'LEAD_MAX_BUDGET',
    fallback: '800000',
    description: 'Budgets above go to a person for review, dollars.',
  },
  {
    name: 'LEAD_SERVICE_AREAS',
    fallback: 'Dallas,Plano,Frisco,McKinney,Allen',
    description: 'Areas served, comma-separated.',
  },
  { name: 'LEAD_COMMISSION_RATE', fallback: '0.06', description: 'Fraction of the price.' },
  {
    name: 'LEAD_TIMEZONE',
    fallback: 'America/Chicago',
    description: "IANA zone used where a contact's own is unknown.",
  },
  ...MESSAGING_VARIABLES,
  {
    name: 'FF_GROWTH_LEAD_SOURCE_ATTRIBUTION_ENABLED',
    fallback: 'false',
    description: 'Growth feature `lead_source_attribution`.',
  },
  {
    name: 'FF_GROWTH_ADAPTIVE_FOLLOWUP_TIMING_ENABLED',
    fallback: 'false',
    description: 'Growth feature `adaptive_followup_timing`.',
  },
  {
    name: 'FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED',
    fallback: 'false',
    description: 'Growth feature `ab_response_style_testing`.',
  },
  {
    name: 'FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED',
    fallback: 'false',
    description: 'Growth feature `sla_handoff_thresholds`.',
  },
  {
    name: 'FF_GROWTH_LLM_READING_ENABLED',
    fallback: 'false',
    description: 'Growth feature `llm_reading`; needs the variables of the language model.',
  },
  {
    name: 'FF_GROWTH_CANARY_MODE_ENABLED',
    fallback: 'false',
    description: 'Growth features apply to the canary sources only.',
  },
  { name: 'FF_GROWTH_CANARY_SOURCE', description: 'Canary lead sources, comma-separated.' },
  {
    name: 'FF_GROWTH_LEAD_SOURCE_WRITEBACK_ENABLED',
    fallback: 'false',
    description: 'Attribution is written to the CRM.',
  },
  {
    name: 'FF_GROWTH_CONVERSION_FEEDBACK_WRITEBACK_ENABLED',
    fallback: 'false',
    description: 'Conversion feedback is written to the CRM and fires hooks.',
  },
  ...LANGUAGE_MODEL_VARIABLES,
  ...HANDOFF_VARIABLES,
  {
    name: 'DECISION_HOOK_URL',
    description:
      'Where outcomes of leads are sent, signed after Standard Webhooks; unset: nowhere.',
  },
  {
    name: 'DECISION_HOOK_SECRET',
    secret: true,
    description:
      'Signing secrets of the hook, `whsec_…`, comma-separated for rotation; generated outside production.',
  },
];
