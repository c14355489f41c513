/** What leads really write: short, long, with and without figures, one refusal. */
export const TYPICAL_MESSAGES: readonly string[] = [
  'Hi, is this still available?',
  'Pre-approved for $450k, need to buy in Frisco within 30 days',
  'We are looking for a 3 bedroom house in Plano or Allen, budget between 350k and 420k. Could you show me what is on the market this weekend?',
  'cash buyer, up to $1.2M, McKinney, asap',
  'not in a rush, maybe next year. just browsing',
  'Can you call me tomorrow after 5? My number is 214-555-0134',
  'I need a VA loan and want to move by June, around 300 thousand in Dallas',
  'My wife and I want to buy our first home. We have two kids, so schools matter a lot, and we would love a yard of at least 5,000 sq ft. We are not pre-approved yet, but our budget is about $375,000 and we would like to be in by the end of summer. What would you suggest we do first?',
  'thanks!',
  'STOP',
];
