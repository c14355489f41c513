import type { VariableSpec } from './variable-spec.js';

/** The rows of the language model that may read a message again. */
export const LANGUAGE_MODEL_VARIABLES: readonly VariableSpec[] = [
  {
    name: 'LLM_PROVIDER',
    description:
      'Language model behind the rules: `anthropic`, or `openai_compatible` for any address that speaks as OpenAI does; unset: none.',
  },
  {
    name: 'LLM_API_KEY',
    secret: true,
    description: "Key of the model's provider.",
  },
  { name: 'LLM_MODEL', description: 'Name of the model, as its provider spells it.' },
  {
    name: 'LLM_BASE_URL',
    description:
      'Address of the provider up to its version, e.g. `http://127.0.0.1:11434/v1`; required for `openai_compatible`.',
  },
  {
    name: 'LLM_DAILY_BUDGET_USD',
    fallback: '1',
    description: 'What the model may cost a location a day, in its own time zone; 0 asks nothing.',
  },
  {
    name: 'LLM_INPUT_USD_PER_MTOK',
    fallback: '3',
    description: 'Price of a million tokens sent, by which the budget is kept.',
  },
  {
    name: 'LLM_OUTPUT_USD_PER_MTOK',
    fallback: '15',
    description: 'Price of a million tokens received.',
  },
];
