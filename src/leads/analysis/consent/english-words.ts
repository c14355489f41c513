/** Words that the rules of English revocations are made of, as parts of patterns over the line of plain words. */

export const ADVERBS =
  '(?: (?:please|ever|even|just|all|already|again|fucking|freaking|fn|f|ing|fing|effing|damn|the hell|the fuck|with|with all|on))*';
export const OR = '(?:(?: ,)? (?:or|and|nor|and or)(?: to)? ';
export const MANY = '(?:(?: ,)?(?: (?:or|and|nor|and or))? ';
export const VERB =
  '(?:text|message|contact|call|email|mail|sms|dm|whatsapp|phone|ring|write(?: to)?|bother|spam|harass|bug|pester|disturb|solicit|ping|annoy|reach out(?: to)?|reach|follow up(?: with)?|hit(?: me| us)? up|hit|blow(?: me)? up|blow|market to|talk to|speak to|approach)';
export const DOING =
  '(?:texting|messaging|contacting|calling|emailing|mailing|smsing|dming|whatsapping|phoning|ringing|writing(?: to)?|bothering|spamming|harassing|bugging|pestering|disturbing|soliciting|pinging|annoying|reaching out(?: to)?|following up(?: with)?|hitting(?: me| us)? up|blowing(?: me)? up|blowing|blasting|flooding|filling up|marketing to|cold calling|stalking|hounding|bombarding|hassling|asking)';
export const DONE =
  '(?:contacted|texted|messaged|called|emailed|mailed|bothered|spammed|harassed|disturbed|solicited|reached|pestered|marketed to|hounded|annoyed)';
export const NOUN =
  '(?:text messages?|texts?|messages?|msgs|sms|emails?|mails?|phone calls?|calls?|robocalls?|spam|communications?|contact|texting|messaging|calling|notifications?|alerts?|follow ups?|reminders?|solicitations?|correspondence|harassment|bs|nonsense|crap|shit|stuff)';
export const NOUN_STRICT =
  '(?:text messages?|texts?|messages?|msgs|sms|emails?|phone calls?|calls?|robocalls?|spam|communications?|contact|texting|messaging|calling|emailing|notifications|alerts|follow ups?|solicitations?|correspondence|harassment)';
export const DETERMINERS =
  '(?: (?:the|these|those|all|all of|any|your|this|that|of|with|further|more|other|such|future|automated|constant|random|unwanted|stupid|annoying|marketing|promotional|real estate|daily|so many|fucking|damn|additional|every|sms|text|phone|kind of|type of))*';
export const SENT =
  '(?:text messages?|texts?|messages?|msgs|sms|emails?|mails?|spam|anything|any thing|stuff|these|this|them|it|listings|crap|shit|junk|bs|info|information|updates|notifications|alerts|offers|nothing|communications?|another (?:text|message|email|one)|one more (?:text|message)|a text|a message|no more|no texts)';
export const NUMBER = '(?:number|phone|cell|line|mobile|email(?: address)?|inbox|address|contact)';

export const NOUNS = `${NOUN_STRICT}(?:(?: ,)? (?:or|and|nor)(?: any)?(?: more)? ${NOUN_STRICT})*`;
export const VERBS = `${VERB}(?: (?:me|us))?${OR}${VERB})*`;
export const DOINGS = `${DOING}(?: (?:me|us))?${MANY}${DOING})*`;
