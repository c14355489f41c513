import { describe, expect, it } from '@jest/globals';
import { readConsent } from './detect-consent.js';

const list = (lines: string): readonly string[] =>
  lines.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
const verdictOf = (text: string): string | null => readConsent(text)?.verdict ?? null;

/** Messages by which people refuse, as they type them. */
const ENGLISH = list(`
  Stop
  STOP.
  stop!!!!
  StOp
  stop stop stop
  Stop pls
  stop plz
  Stop, thank you
  STOP 🛑🛑
  S.T.O.P
  s-t-o-p
  S T O P
  st op
  sto p
  sotp
  stpo
  Stopp!
  st0p
  ST0P please
  ѕtор
  stop all
  StopAll
  Unsubscribe
  unsubcribe
  unsuscribe
  UNSUBSRIBE
  Unsubscribed
  unsub
  CANCEL
  cancel please
  End
  END.
  Quit
  quit!!
  Revoke
  opt out
  OPT-OUT
  Optout
  opt  out pls
  STOP2END
  dnc
  DNC please
  Remove
  remove please
  stop unsubscribe
  Stop stop unsubscribe!!!
  not interested stop texting me
  no thanks stop texting me
  im not selling stop texting me
  Im not Maria stop texting this number
  i already bought a house stop texting me
  we found a place please stop contacting us
  wrong number stop texting me
  this isnt maria please remove this number
  never signed up for this stop messaging me
  I have an agent stop texting
  i have a realtor please stop contacting me
  not looking anymore pls stop
  not in the market remove me from your list
  house is not for sale stop texting me
  not moving take me off your list
  we are not buying anymore please remove me
  i said no stop texting me
  who is this stop texting me
  I dont know you stop texting me
  not for me opt me out
  no longer interested unsubscribe
  not interested remove me
  not interested leave me alone
  not interested lose my number
  not interested dont text me again
  Not interested. Remove.
  Not interested. Stop.
  Not interested. Unsubscribe.
  Not interested. Cancel.
  wrong number, stop
  Wrong person. Please take me off your list
  You have the wrong number please remove me
  stop texting me
  Stop texting
  Stop messaging this number
  quit calling
  Quit blowing up my phone
  please stop hitting me up
  stop blowing up my phone
  stop sending me these
  stop sending me messages
  stop sending these texts
  stop sending me stuff
  stop sending me listings
  STOP SENDING ME THIS
  Stop msging my phone
  Stop texting my phone
  please stop
  Please stop it
  can you please stop
  could you please stop texting me
  will you please stop texting me
  would you stop
  can u stop texting me
  pls stop texting me
  u need to stop
  you need to stop
  you need to stop texting me
  you guys need to stop texting me
  yall need to stop
  you people need to leave me alone
  I need you to stop texting me
  I want you to stop contacting me
  I asked you to stop texting. Do it.
  I told you to stop
  I told you guys to stop texting me
  i told you already to stop texting me
  I've asked you 3 times to stop texting me
  how many times do I have to tell you to stop texting me
  why wont you stop texting me
  why do you keep texting me, stop
  when will you stop texting me
  You keep texting me. Stop.
  I said stop
  I said STOP texting me
  I replied stop already
  i texted STOP 3 times
  please discontinue texts
  please discontinue all texts
  cease all communication
  cease and desist
  Cease contact immediately
  end all communication
  stop all messages
  stop these messages
  stop the texts
  stop with the texts
  enough with the texts already
  enough texts
  enough with the messages
  enough already with the texts
  no more texts
  no more texts please
  no more messages
  No more calls or texts
  no more of these texts
  No texts please
  cancel these texts
  cancel all messages
  do not text
  Do not text me
  do not text this number
  do not text this number anymore
  Do not message me.
  do not call or text
  do not call me
  Do not contact me
  Please don't contact me again
  please dont text me
  dont ever text this number
  dont you ever text me again
  dont send any more messages
  dont hit my line
  dont blow up my phone
  Please do not reach out again
  please don't reach out to me anymore
  You can stop texting me now
  you can stop messaging
  i opt out
  I want to opt out
  opt me out please
  please opt me out of this
  opting out
  i'd like to opt out of these messages
  how do I opt out
  How do I unsubscribe?
  how do i stop these texts
  how do I get off this list
  how do i get these texts to stop
  I want to unsubscribe
  please unsubscribe me from this list
  i would like to be removed from your list
  I want to be removed
  please remove me
  Remove me from this list
  remove my number
  remove my number from your list please
  remove this number from your system
  Please delete my info from your system
  delete my number
  delete my information please
  erase my number
  take me off this list
  Take me off the list
  take my number off your list
  take my name off your list
  get me off this list
  scrub my number from your list
  im blocking you
  I am blocking this number
  lose my number
  lose this number
  forget my number
  leave me the hell alone
  leave us alone please
  go away
  please go away
  fuck off
  piss off
  get lost
  I dont want these texts
  i dont want texts from you
  I don't want any more texts
  I dont want your messages
  i do not want to be contacted
  I dont want to be texted
  i dont wish to be contacted
  I no longer wish to receive messages
  i no longer want to receive these texts
  I dont want to receive texts
  i dont want to get these messages anymore
  I dont want to hear from you
  dont want to hear from you again
  dont want you texting me
  i dont want you to contact me
  I don't want anyone to contact me
  i would prefer not to be contacted
  I would rather not receive these texts
  please no more
  no more
  i want to stop receiving these messages
  I want to stop getting these texts
  please stop these
  make it stop
  this needs to stop
  I revoke my consent
  i revoke consent to be contacted
  I withdraw my consent
  I do not consent to texts
  i dont consent to being contacted
  you do not have my permission to text me
  you dont have permission to contact me
  put me on your do not call list
  add me to your do not call list
  please put this number on the do not call list
  tired of these texts
  im sick of these texts
  sick and tired of your messages
  you are not allowed to text me
  I asked you not to contact me
  i asked not to be contacted
  asked you not to text me
  do not text or call me ever again
  Don't call or text
  please cease contact
  we liked the Frisco house but found an agent, pls stop messaging
  We liked the Frisco house at 450k but went another way, please remove me from your list
  Thanks for the help but we bought. Please stop texting.
  we closed on a house already, you can take me off the list
  Loved the Plano one but stop texting me
  my budget was 400k but im done looking, unsubscribe me
  stop emailing
  please remove my email from your list
  Stop. Not interested.
  STOP I already bought
  stop wrong number
  stop im not interested
  Stop, I'm not interested
  im not maria stop
  already have an agent stop
  stop this
  stop it now
  STOP IT
  i am not interested, please stop
  please stop thank you
  ok stop
  no stop
  hey stop
  hi please stop
  STOP!! I said no
  borre mis datos
  elimineme
  no molesten
  no molestar
  no deseo ser contactado
  dejenme en paz
  dejame en paz
  déjeme en paz
  no vuelvan a escribirme
  no vuelva a llamarme
  retiro mi consentimiento
  please stop mandandome mensajes
  bloqueenme
  Please take me off of this text list
  take us off ur list pls
  Take me off whatever list this is
  you can remove me from your contacts
  kindly remove my number from your database
  Can you remove me from this list? thanks
  could you take me off the list please
  would you please remove me from your system
  I would like my number removed
  please have my number removed from your list
  I want my info deleted
  want off this list
  I want off this list
  delete my contact info
  delete all my data
  forget you have my number
  lose my number please
  get rid of my number
  stop. just stop.
  Stop. Stop. Stop.
  STOP TEXTING ME!!!!!
  stop texting my phone please
  stop texting this phone
  stop texting me please and thank you
  stop texting me or I will report you
  stop texting me or ill call a lawyer
  stop texting me you have the wrong person
  you got the wrong number, stop texting
  sorry wrong number please delete
  wrong number please dont text again
  This is not Maria. Please stop.
  this is not marias number stop texting
  my name isn't Maria please stop texting me
  I'm not interested in buying, please stop texting me
  im not interested please stop
  not interested please stop
  not interested at all, leave me alone
  no longer looking, please take me off your list
  we decided to rent, please stop contacting me
  we decided not to buy take us off your list
  i found a house so you can stop texting
  i bought a house already remove me
  already under contract please stop texting me
  already closed on a home. unsubscribe
  we are working with another agent please stop contacting us
  i have an agent, dont contact me again
  I already have a realtor so please don't text me anymore
  i'm working with someone else please remove me from your list
  not selling my house stop asking
  house isnt for sale quit texting
  quit asking to buy my house and stop texting me
  please no more texts
  please no more messages thanks
  no further contact please
  no further communication
  No more contact
  do not contact this number again
  Do not contact me by phone or text
  do not contact me for any reason
  please don't email or text me
  don't ever call this number again
  don't you dare text me again
  do not send me any more messages
  do not send texts to this number
  don't send messages to this number
  please do not send any more text messages
  stop sending text messages
  stop sending messages to my phone
  stop sending me text messages please
  stop sending me spam
  stop sending this crap
  stop sending me real estate texts
  stop with all the messages
  stop with the spam
  stop these annoying texts
  stop the spam
  stop all communication
  stop all contact
  stop contact
  stop all texts and calls
  stop calls and texts
  stop all notifications
  you're harassing me, stop
  this is harassment stop texting me
  quit spamming my phone
  quit it
  please quit
  cease and desist all communications
  Discontinue all contact
  terminate all communication
  I'm opting out
  I am opting out of messages
  i'd like to opt out please
  I wish to opt out
  please opt out
  opt this number out
  opt out of texts
  i choose to opt out
  I would like to unsubscribe from these messages
  unsubscribe from this
  unsubscribe from all
  please unsubscribe
  pls unsubscribe my number
  unsubscribe please and thank you
  how do i stop getting these messages
  how can i stop these messages
  How do I get removed from this list?
  how do I make this stop
  what do i have to do to stop these texts
  can i be taken off this list
  can i please be removed
  may I be removed from the list
  please can you stop texting me
  pretty please stop texting me
  for the last time stop texting me
  for the love of god stop
  omg stop texting me
  ugh stop texting me
  dude stop texting me
  bro stop
  sir please stop texting me
  Hey can you stop texting me please
  hi, can you please take me off your list
  Hello, please remove me from your list. Thank you.
  I don't want to receive any more messages
  i dont want to get texts from you anymore
  I dont want any of these texts
  I don't want you to text me anymore
  dont want these texts
  don't want any messages
  we dont want any more calls or texts
  i do not wish to receive text messages
  I do not want text messages
  i dont need these texts
  I don't need any more messages from you
  dont need your texts thanks
  no longer want texts
  no longer wish to be contacted
  I no longer want to be contacted by you
  I prefer not to receive texts
  i'd rather you not text me
  I'd rather you didn't text me
  id appreciate it if you stopped texting me
  I would appreciate it if you would stop texting me
  I'd like you to stop texting me
  I wish you would stop texting me
  I have asked you to stop several times
  asked you multiple times to stop texting
  I already told you to take me off your list
  i told you not to text me
  I told you people to stop calling
  thought i told you to stop
  didn't I tell you to stop texting me
  did i not ask you to stop texting me?
  what part of stop dont you understand
  how many times do I have to say stop
  i keep saying stop and you keep texting
  you wont stop texting me
  stop already
  STOP NOW
  stop it please
  please stop this
  please stop all this
  can this please stop
  This has to stop
  enough is enough stop texting me
  enough with these messages
  enough of these texts
  enough with the calls
  done with these texts
  over these texts
  fed up with your texts
  so tired of your messages
  sick of getting these messages
  knock it off
  leave us alone
  leave me alone please im not interested
  please leave me alone!!
  go away please
  go away im not interested
  not interested go away
  buzz off
  bug off
  F off
  fuck off and stop texting me
  screw off and lose my number
  revoking consent
  I hereby revoke consent
  i revoke permission to text me
  I withdraw permission
  you no longer have permission to contact me
  you don't have my consent
  I did not consent to these texts, stop
  consider this my opt out
  remove my consent
  put me on the do not contact list
  put me on your dnc list
  add my number to your do not call list
  you're blocked
  ill block you if you text again
  I blocked you
  blocking this number
  Bye. Stop texting.
  bye stop
  Thanks but no thanks, please stop texting
  thank you but please remove me
  Appreciate it but please take me off your list
  Budget 400k but we got an agent so stop texting
  350k in Frisco was our plan but we bought elsewhere please unsubscribe me
  dont text my phone no more
  aint interested stop texting me
  unsubsribe
  unsubscirbe
  UNSUSCRIBE
  unsubscribee
  cancell texts
  Stopall please
  stop-all
  "STOP"
  *STOP*
  stop :)
  stop 😡
  STOP 🖕
  🛑 STOP 🛑
  Stop, please!
  please... stop
  borreme de su base de datos
  borrenme
  bórrame
  remuevanme
  no manden nada
  pueden dejar de escribirme
  podrían dejar de escribirme
  desuscribirme
  desuscribeme
  desuscríbanme
  please no me escriban mas
  déjenme tranquilo
  dejenme de molestar
  im all set please stop texting
  All set, take me off your list please
  we r good dont text us anymore
  I am good, please remove me from your list.
  Please remove my phone number
  remove my cell from your list
  plz remove my # from ur list
  Please take my number out of your system.
  take my number out of your phone
  Delete my contact
  delete this number
  Delete my number and dont contact me again
  You need to delete my number
  please lose my contact info
  i do not give you permission to text me
  I never gave you permission to text me. Stop.
  you do not have consent to text this phone
  Do not text this phone again
  Do not ever message this phone
  Don't contact this number anymore please
  don't ever text my phone again
  this number is on the do not call list stop calling
  Please respect my wishes and stop texting
  Respectfully, stop texting me
  kindly stop
  Kindly desist from texting
  please desist
  I demand you stop contacting me
  I am asking you to stop contacting me
  we are asking you to stop
  I'm begging you to stop texting
  I'd prefer you stop texting me
  would prefer not to be texted
  I would like to stop getting messages from you
  I would like these messages to stop
  I want these texts to stop
  make these texts stop
  end these texts
  end these messages please
  end this conversation
  no more communication please
  no more contact please
  no more calls please
  no more calls or texts please
  no more emails or texts
  Not interested, no more texts
  not interested no more texts please
  nah im good stop texting me
  nope not selling leave me alone
  sold my house already stop texting
  we already sold please stop contacting us
  i rent, stop texting me
  renting now. unsubscribe
  moved out of state please remove me
  moved to florida take me off your list
  my husband passed away please stop texting this number
  he passed away please remove this number
  she died please stop calling
  Maria doesn't live here stop texting
  there is no Maria here, stop texting me
  This is a business line, remove from list
  this is a work phone stop texting
  this is a minors phone stop texting
  I'm 14 stop texting me
  you have texted me 5 times. Stop.
  Youve been texting me for weeks, please stop
  you keep texting me please stop
  Why are you still texting me? I said stop
  quit with the texts
  quit with the messages already
  quit sending these
  quit texting this number
  quit calling my phone
  stop calling my phone
  Stop calling this number
  stop calling
  don't call this number again
  do not email me again
  stop the emails
  no more emails
  stop sending emails
  stop with this spam
  Stop spamming
  stop pestering me please
  stop blasting my phone
  stop flooding my inbox
  stop sending me your crap
  stop sending me junk
  stop sending these things
  stop sending texts to my phone
  stop sending messages
  stop w the texts
  stop w/ the messages
  stop the messages please
  stop these please
  stop all of this
  stop all of these messages
  stop everything
  stop messaging
  stop reaching out
  stop reaching out to me
  stop following up
  please stop following up with me
  dont follow up
  do not reach out
  Do not respond to me again
  don't reply to me
  do not write to me again
  dont talk to me
  do not solicit me
  no solicitation
  no soliciting please
  I don't want to talk to you
  i dont wanna hear from u
  I dont wanna get these texts
  i dont wanna be texted
  dont want ur texts
  don't want your spam
  i want no more texts
  I want nothing from you
  want nothing to do with you
  I don't want any contact from you
  I don't want any further contact
  please no further texts
  please no texts
  please dont contact me via text
  please do not contact me via text or phone
  opt out!!!
  opt-out please
  OPT OUT NOW
  optout please
  opted out already
  I already opted out
  i opted out last week why am i still getting texts
  I already unsubscribed
  I unsubscribed from this already
  how do i cancel these texts
  how do i block you
  im going to block you
  I will block this number
  blocking you now
  bye, blocking
  removing consent
  my consent is revoked
  consent revoked
  I am revoking my consent to be contacted
  i take back my consent
  you are no longer authorized to contact me
  you are not authorized to text me
  You are hereby notified to stop contacting me
  this is your notice to stop
  final warning stop texting me
  Last time, stop.
  last warning. stop texting
  i already said no, stop asking
  i said no thanks. stop texting
  i already told you no. leave me alone
  said no already please stop
  no means no stop texting
  NO. STOP.
  no!! stop!!
  Stop ok
  Stop k
  ok please stop
  please stop ok
  Yes stop
  yes please stop
  YES STOP
  hi. stop.
  Hello stop texting me
  hey man stop texting me
  Stop it already
  stop alr
  just stop
  just stop it
  just stop texting
  please just stop
  please just leave me alone
  leave me and my family alone
  leave my phone alone
  leave me out of this
  get off my phone
  get out of my inbox
  shut it down, no more texts
  knock it off with the texts
  cut it out with the texts
  cut the texts
  lay off the texts
  chill with the texts
  ease up? no, stop texting me
  mind your business and stop texting me
  lose my info
  lose my number dude
  lose my # please
  toss my number
  stop text
  dont send texts
  pleas stop
  plesae stop
  please sotp
  please stpo
  stop pleaseee
  stoppppp
  stooop
  STOPPP
  stop!
  Ssstop
  unsubcribe me please
  unsubscibe
  unsubscrive
  unsunscribe
  Unsubscribe.
  Un-subscribe
  un subscribe
  opt me outta this
  no vuelvan a contactarme
  no vuelvas a escribirme
  no sigan escribiendo
  no esten molestando
  no este molestando
  no insistan
  no deseo recibir informacion
  no deseo recibir llamadas
  saquenme
  eliminen mis datos
  revoco mi consentimiento
  no doy permiso
  this number belongs to someone else now, please take it off your list
  please scrub me from your records
  we no longer wish to hear from your company
  I have no interest, kindly remove my details
  not in the market anymore quit contacting me
  im a renter stop texting me about buying
  i dont live in texas anymore stop texting
  my mom passed away stop calling this phone
  nobody here is selling stop texting us
  not buying til 2030 lol stop texting me
  house sold months ago please stop messaging me
  we found our forever home please no more messages
  the Plano house was nice but we signed with someone else, please stop texting
  loved the tour but please remove us from your list
  Pre approved for 400k but done with this, unsubscribe me please
  had a budget of 350k, not anymore, take me off your list
  Never text this number again
  do not ever contact me again
  stop contacting this number
  plz quit texting
  Stop reaching out to me please
  no longer interested please stop the texts
  I've asked nicely, stop texting me
  ok thats enough, stop texting me
  enough already, stop
  enough. stop texting.
  you were told to stop
  I already asked to be removed
  asked to be taken off this list twice
  requesting to be removed from your list
  request removal from list
  Removal please
  please process my opt out
  opt-out request
  I am exercising my right to opt out
  Please honor my opt out
  please make sure im off your list
  I need to be taken off this list
  get my number off your list
  why am i getting these texts? take me off
  who is this? remove me
  where did you get this number? Stop texting
  do not contact me at this number
  never message me again please
  don't you people know what stop means
  dont send me any more listings
  no more listings please, remove me
  leave me off your list
  leave me out of your texts
  stop.stop.stop
  STOP texting
  stop please and thanks
  stp
  Unsubscibe
  unsubscribe please!!
  ubsubscribe
  stopall!!
  End please
  Quit.
  cancel all texts
`);

const SPANISH = list(`
  unsubscibe me
  alto
  ALTO!
  Parar
  parar por favor
  basta
  Basta ya!
  BASTA YA
  no más
  NO MAS
  No mas por favor
  baja
  BAJA
  cancelar
  Cancelar por favor
  cancela
  Alto por favor
  ya basta
  darme de baja
  quiero darme de baja
  im good dont contact me anymore
  nope leave me alone
  Wrong number. Remove me.
  stop contacting me
  stop calling and texting me
  Stop calling me
  quit texting me
  quit bugging me
  stop bothering me
  stop spamming me
  stop harassing me
  stop hitting me up
  stop blowing me up
  stop txting me
  no more texting me
  don't contact me again
  pls dont text me anymore
  dont text me again
  dont ever text me again
  never text me again
  never contact me again
  don't message me anymore
  dont send me anything else
  dont send me anything
  don't send me any more texts
  dont send me these
  dont hit me up again
  dont bother me
  don't follow up with me again
  opt me out
  unsubscribe me
  remove me from your list
  remove me from all lists
  delete me from your database
  take me off your list
  take me off
  get me off your list
  Take me out of your system
  block me
  just block me
  leave me alone
  stop emailing me
  Quítenme de su lista
  quitenme de la lista
  quiteme de su lista por favor
  quitame de tu lista
  saquenme de su lista
  borrenme de su lista
  eliminen mi numero
  borren mi numero por favor
  borra mi numero
  denme de baja
  deme de baja
  dame de baja por favor
  ya no me escriban
  ya no me escribas
  no me escriban mas
  no me escriban
  no me escribas más
  ya no me manden mensajes por favor
  no me manden mensajes
  ya no me manden textos
  no me mande mas mensajes
  no me envien mas mensajes
  no me llamen
  ya no me llamen
  no me llames mas
  no me textees mas
  no me texteen
  no me contacten
  no me contacten mas por favor
  no me molesten
  no me molesten más
  ya no me molestes
  dejen de escribirme
  deje de escribirme
  deja de escribirme
  dejen de mandarme mensajes
  deja de mandar mensajes
  dejen de molestar
  dejen de molestarme
  dejen de llamarme
  No me interesa, dejen de escribirme
  no me interesa dejen de llamarme
  no me interesa ya no me manden mensajes
  ya compre casa dejen de molestar
  numero equivocado no me escriban
  numero equivocado, quitenme de la lista
  no soy Maria no me escriban mas
  basta de mensajes
  basta de textos
  basta con los mensajes
  paren de escribirme
  pare de mandarme mensajes
  no mas mensajes gracias
  no mas mensajes
  no más textos por favor
  ya no mas mensajes
  no quiero mas mensajes
  no quiero recibir mensajes
  ya no quiero recibir mensajes
  no quiero que me llamen
  no quiero que me escriban
  no quiero que me contacten
  no deseo recibir mas mensajes
  no me vuelvan a llamar
  no me sigan escribiendo
  cancelen los mensajes
  cancelar suscripcion
  como me doy de baja
  no autorizo mensajes
  stop no me interesa
  no gracias stop
  por favor ya no me escriban
  les pido que no me escriban
  te pedi que no me escribas
  pls delete me
  delete me from ur contacts
  STOP F***ING TEXTING ME
  stop fucking texting me
  no stop contacting me
  no dont text me
  nope dont contact me
  don't call me or text me
  dont call or message me
  Don't ever contact me
  don't send me any messages
  dont send me no more texts
  quit harassing me
  quit sending me messages
  quit sending me stuff
  quit contacting me
  cease texting me
  Opt me out of all messages
  leave me be
  just leave me alone
  Looking in Plano was a mistake. Remove me from your list
  dont hit me up no more
  dont text me no more
  stop texing me
  plz stop txting me
  pls stp texting me
  stop mesaging me
  dnt text me
  dont txt me
  do nt text me
  Sácame de tu lista
  sáquenme de esa lista
  quítame de la lista por favor
  quítenme por favor
  quite mi numero de su lista
  quiten mi número
  saque mi numero de su lista
  elimina mi número
  eliminame de tu lista
  elimine mis datos por favor
  remuevame de su lista
  no me mandes mensajes
  no me mandes nada
  ya no me mandes nada
  no me mande nada por favor
  no me mandes más textos
  no me envíes mensajes
  no me envíen nada
  no me escriba
  no me escriba más por favor
  por favor no me escriban
  por favor no me llamen
  favor de no llamar
  favor de no escribir mas
  favor de no molestar
  no me marquen
  ya no me marquen por favor
  no me hablen
  no me busquen mas
  no me llamen ni me escriban
  ni me llamen ni me escriban
  no llamen a este numero
  no escriban a este numero
  no manden mas mensajes
  no envien mas mensajes por favor
  ya dejen de molestar
  ya dejen de mandar mensajes
  ya deja de escribirme
  por favor deje de mandarme mensajes
  deja de enviarme textos
  dejen de llamar
  dejen de enviar mensajes
  dejen de joder
  dejen de chingar
  paren de molestar
  paren ya
  para de escribirme
  ya paren de mandar mensajes
  paren con los mensajes
  basta de llamadas
  basta de spam
  basta ya de mensajes
  ya basta de mensajes
  no quiero mensajes
  no quiero sus mensajes
  no quiero mas textos
  no quiero recibir nada
  no quiero que me manden mensajes
  no quiero que me manden nada
  ya no quiero que me escriban
  ya no quiero saber nada de ustedes
  no quiero saber nada
  no quiero que me molesten
  no quiero ser molestado
  no deseo mas llamadas
  no deseo que me contacten
  no necesito mas mensajes
  no estoy interesado dejen de escribirme
  no estoy interesada, no me escriban mas
  no gracias ya no me escriban
  ya tengo agente no me escriban
  ya tengo casa no me manden mensajes
  ya compramos, por favor quitenos de la lista
  no soy la persona que buscan, no me escriban
  se equivocaron de numero no me manden mensajes
  equivocado, borren mi numero
  no conozco a Maria dejen de escribir
  cancelen mi suscripcion
  cancele los mensajes por favor
  quiero cancelar los mensajes
  quiero cancelar mi suscripción
  quiero que me quiten de la lista
  quiero que me borren
  quiero que dejen de escribirme
  puede dejar de mandarme mensajes por favor
  le pido que no me escriba mas
  les pedi que no me escribieran
  me pueden quitar de la lista
  me puede sacar de su lista por favor
  dar de baja por favor
  no más llamadas
  no mas textos
  no mas spam
  ya no más mensajes por favor
  alto a los mensajes
  alto, no me interesa
  alto por favor no me escriban
  parar mensajes
  detener mensajes
  detengan los mensajes
  stop mensajes
  stop no me manden mas
  no me textien
  ya no me textie
  no me textees
  no me texteen mas por favor
  no text me mas
  dont text me mas por favor
  no molesten más
  no me moleste
  olviden mi numero
  remove me pls
  Remove me now
  REMOVE ME
  Kindly stop messaging me.
  STOP CALLING ME
  dont call me anymore
  never call me again
  unsubscribe me from emails
  stop bugging me
  don't write me again
  don't ping me again
  let me be
  forget me
  forget about me
  pls stop msgn me
  stop msging me
  stop messagin me
  stop txtn me
  stop textin me
  stop tx me
  stop text me
  stop message me
  stop call me
  stop contact me
  stop send me messages
  stop send me text
  no text me
  no call me
  dont send me text
  dont send me texts
  dont send me message
  dont messsage me
  dont contat me
  UNSUBSCRIBE ME NOW
  take me offa your list
  Nunca me vuelvan a escribir
  nunca más me escriban
  jamas me vuelvan a llamar
  no me vuelva a escribir por favor
  no vuelvan a mandarme mensajes
  no sigan mandando mensajes
  no siga mandandome mensajes
  no me sigan mandando mensajes
  no me sigas molestando
  no me este escribiendo
  no me esten llamando
  no me esten mandando mensajes
  no me anden escribiendo
  no me estes mandando textos
  ya no esten chingando
  dejen de estar molestando
  deje de estar llamando
  deja de estar mandando mensajes
  deja de insistir
  no insista mas
  ya no insistan por favor
  ya no me busquen
  ya no me hablen
  ya no me contacten
  ya no me manden nada
  ya no me envien nada
  ya no manden mensajes
  ya no envien mensajes
  ya no quiero mensajes
  ya no quiero mas mensajes
  ya no quiero sus mensajes
  ya no quiero recibir textos
  ya no deseo recibir mensajes
  ya no deseo ser contactada
  no quiero recibir llamadas ni mensajes
  no quiero recibir informacion
  no quiero llamadas
  no quiero que me texteen
  no quiero que me sigan escribiendo
  no quiero que me vuelvan a escribir
  no quiero que me esten molestando
  no quiero nada dejenme en paz
  no quiero nada de ustedes
  no estoy interesado, quitenme de la lista
  no estoy interesado por favor no me escriban
  no estoy interesada por favor dejen de escribir
  no me interesa por favor no me manden mas
  no me interesa no me manden nada
  no me interesa, borren mi numero
  no me interesa, basta
  no me interesa. Alto.
  No gracias. Alto
  no gracias, parar
  numero equivocado, basta
  numero equivocado. Borreme por favor
  este no es el numero de Maria dejen de escribir
  yo no soy Maria dejen de molestar
  ya tengo casa dejen de escribirme
  ya compre, quitenme de la lista
  ya vendi mi casa no me llamen
  quitar mi numero
  quitar de la lista
  quiten mi numero de su lista
  quita mi numero
  saca mi numero de tu lista
  saqueme de la lista
  sacarme de la lista por favor
  sacarme de su lista
  borrarme de la lista
  eliminar mi numero
  eliminarme de la lista
  favor de quitarme de la lista
  favor de borrar mi numero
  favor de eliminar mis datos
  favor de dejar de escribirme
  favor de no mandar mensajes
  favor de no contactarme
  favor de no escribirme
  por favor dejar de enviar mensajes
  por favor parar
  por favor paren
  por favor basta
  por favor pare de escribirme
  por favor cancelar mensajes
  por favor quiteme
  por favor deje de llamarme
  por favor no llamar
  por favor no mandar mas mensajes
  por favor no enviar mas textos
  solicito que no me contacten
  solicito ser removido de la lista
  quiero ser removido de su lista
  deseo darme de baja
  quisiera darme de baja
  como puedo darme de baja
  como hago para no recibir mensajes
  como hago para que no me escriban
  como paro los mensajes
  como cancelo los mensajes
  quiero dejar de recibir mensajes
  quiero parar los mensajes
  quiero que paren los mensajes
  quiero que paren
  que dejen de escribirme
  que ya no me escriban
  que no me llamen
  les dije que no me llamen
  ya les dije que no me escriban
  ya le dije que no me interesa, no me escriba
  te dije que no me escribas
  te dije que ya no me escribieras
  bajenme de la lista
  bajeme de su lista
  BAJA por favor
  dame de baja
  denme de baja de la lista
  dar de baja mi numero
  date de baja mi numero
  no autorizo que me llamen
  no tienen mi permiso para escribirme
  alto por favor
  basta por favor
  no me mande más mensajes por favor
  ya no quiero que me manden mensajes
  por favor ya no manden textos
  ya no me textien
  dejen de textearme
  ya dejenme en paz
  ya déjenme de escribir
  por favor quítenme de sus contactos
  quitenme de su base de datos
  no me interesa, quiteme de la lista
  no me interesa ya no me llame
  ya no estoy buscando casa, no me escriban
  ya compramos casa, ya no nos escriban
  no nos manden mas mensajes
  no nos llamen
  dejen de mandarnos mensajes
  saquennos de su lista
  no quiero que me envien nada
  no quiero recibir sus textos
  no deseo recibir más información
  eliminen este numero
  borre este numero por favor
  este numero ya no es de el, no llamen
  cancelar mensajes
  parar los mensajes por favor
  stop por favor
  no mas textos gracias
`);

describe('readConsent', () => {
  it.each([...ENGLISH, ...SPANISH])('hears the refusal in %j', (text) => {
    expect(verdictOf(text)).toBe('opt_out');
  });
});
