import { readArguments, type ParsedArguments } from '../command/arguments.js';

/** The lead to send; what is undefined gets its default from the environment. */
export interface LeadOrder {
  readonly text: string;
  readonly contactId: string | undefined;
  readonly locationId: string | undefined;
  readonly source: string | undefined;
  readonly firstName: string | undefined;
  readonly url: string | undefined;
}

export const SEND_LEAD_USAGE = `Usage: npm run send-lead -- --text "<what the lead writes>" [options]

Sends one signed lead to the running server and shows what came of it.

  --text <text>         message of the lead
  --contact <id>        contact in the CRM (a new one of the sandbox)
  --location <id>       location in the CRM (GHL_LOCATION_ID, else demo-location)
  --source <name>       where the lead comes from, e.g. "Facebook Ads"
  --first-name <name>   first name of the lead
  --url <address>       address of the server (http://127.0.0.1 and PORT, 3000 when unset)
  --help                this text
`;

const TEXT = { type: 'string' } as const;

export function parseLeadOrder(args: readonly string[]): ParsedArguments<LeadOrder> {
  const flags = {
    ...{ text: TEXT, contact: TEXT, location: TEXT, source: TEXT, 'first-name': TEXT, url: TEXT },
  };
  return readArguments(args, flags, (reader) => ({
    text: reader.requiredText(
      'text',
      '"Pre-approved for $450k, need to buy in Frisco within 30 days"',
    ),
    contactId: reader.text('contact'),
    locationId: reader.text('location'),
    source: reader.text('source'),
    firstName: reader.text('first-name'),
    url: reader.serviceUrl('url'),
  }));
}
