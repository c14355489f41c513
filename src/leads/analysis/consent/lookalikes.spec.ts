import { describe, expect, it } from '@jest/globals';
import { readConsent } from './detect-consent.js';

const list = (lines: string): readonly string[] =>
  lines.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
const verdictOf = (text: string): string | null => readConsent(text)?.verdict ?? null;

/** What only sounds like a refusal. */
const ENGLISH = list(`
  why did you stop texting me?
  why did you guys stop texting
  Why have you not contacted me yet?
  why havent you texted me back
  how come you stopped sending listings
  did you stop sending listings?
  did you guys stop sending listings? havent got any this week
  you stopped sending me listings
  you never texted me back
  you never called me
  Maria never texted me the address
  the listing agent never contacted me back, can you help
  the lender never called me
  i havent had any texts from you
  I have not received any messages
  i got no texts from you today
  have had no more calls from the lender since Monday, is that normal?
  haven't heard from you, are you still there?
  I never got your message
  did you forget about me
  why dont you text me
  why dont you call me
  you dont text me anymore
  you havent stopped by yet
  has the seller stopped showing the house
  I told the other agent to stop calling me, I want to work with you
  I told my old realtor to stop texting me
  i asked the lender to stop emailing me
  told zillow to stop calling me
  the other agents need to leave me alone, i only want to work w you
  the other agents keep texting me and wont leave me alone
  redfin wont stop emailing me so I came to you
  my lender needs to stop calling me lol
  they need to stop calling me
  he wont stop texting me about the house
  can you tell the other agent to stop calling me
  I asked her not to call me
  i told him not to contact me
  I blocked the other agent
  dont contact my wife
  dont contact my wife shes at work, text me
  dont call my husband
  please dont text my wife, text me
  don't contact my current agent
  dont call my work
  don't tell my wife
  dont contact the seller yet
  dont call the lender before I do
  please don't contact my employer
  dont text him
  dont email the listing agent
  cancel my 3pm showing
  cancel my 3pm showing pls
  cancel the tour
  we need to cancel saturday, sunday ok?
  can I cancel my appointment
  need to cancel our call tomorrow
  please cancel the offer
  can we cancel the contract
  how do i cancel my lease
  Cancel the Saturday showing and book Sunday
  remove the Dallas ones from my search
  can you remove the Dallas ones from my search? Frisco only
  remove the HOA filter
  please remove condos from my search
  take the Dallas ones off my list
  delete the last one
  can you remove the price limit
  remove my wife from the loan
  I want to be removed from the waitlist for the Allen house, we like the Plano one better
  removed from the waitlist
  take me off the waitlist
  take my name off the offer
  take me off the showing list for Saturday
  the house was removed from the market
  take it off the market
  did they take it off the market?
  thinking of opting out of the inspection, smart?
  can we opt out of the HOA
  opt out of the inspection
  is there an opt out clause
  we want to opt out of the contract
  can i opt out of the home warranty
  quit my job so need to move
  I quit my job
  i quit smoking lol
  we want to quit renting
  quit claim deed?
  is there a bus stop or train station in Plano nearby
  bus stop
  bus stop nearby?
  where is the next stop
  stop sign on the corner
  we can stop by tomorrow
  can we stop by the open house
  i'll stop by at 5
  can't stop looking
  I can't stop looking at that house lol
  cant stop thinking about that kitchen
  we will not stop until we find it
  we wont stop looking
  i will never stop looking
  Stop! that kitchen is gorgeous
  Stop! that kitchen is gorgeous, when can we see it
  omg stop, I love it
  stop it that yard is beautiful
  end my lease
  need to end my lease early, can you help me find a house in Allen
  end of the month works
  end of summer
  by the end of the year
  when does the open house end
  when does the open house end?
  weekend
  its a dead end street
  in the end we want Plano
  please don't stop sending
  please don't stop sending these, they are great
  dont stop sending listings
  dont stop texting me
  please keep texting me
  never stop sending houses
  hoping these rates go away by spring
  will the HOA go away
  hope the rates go down
  when will these prices go away
  does the pmi go away
  dont call just text
  no calls please, text is better
  no more emails please, just text me about Frisco
  no more emails please, just text me
  please don't email, call me
  please stop calling, text me instead
  text only please no calls
  I dont like calls, text me
  prefer text, please dont call
  dont email me, text is best
  please dont text me after 9pm
  please dont text me after 9pm, mornings are fine
  don't text me while I'm driving
  dont text me on sundays
  dont call today, tomorrow is good
  please don't contact me until January
  stop texting me after 10pm
  please don't call during the day
  stop sending me houses in Dallas
  no more condos
  no more Dallas listings please
  no more houses over 500k
  I don't want condos
  we dont want Dallas
  I dont want a house with a pool
  I dont want to miss any texts
  i dont want to text my ssn
  Reply STOP to opt out
  Hi Sam, checking in. What budget? Reply STOP to opt out.
  Text STOP to unsubscribe
  "Reply STOP to unsubscribe" what does that mean?
  what does reply STOP to opt out mean
  it says reply STOP to cancel but I want to keep getting these
  To unsubscribe click here
  Msg & data rates may apply. Reply STOP to end, HELP for help
  not interested in Dallas
  not interested in that one
  no thanks
  not interested
  we already bought a house in Celina last month thanks tho
  we bought already thanks
  no longer looking in Plano
  we no longer want Plano. Only McKinney now
  need a house like yesterday
  stop and shop nearby?
  is it a one stop shop
  non stop flights from dfw
  pit stop
  will the seller stop accepting offers
  when do they stop accepting offers
  did the price drops stop
  has the bidding stopped
  should we stop looking until rates drop
  I want to stop renting
  want to stop paying rent
  trying to stop renting and buy
  we had to stop looking last year
  the lender said stop applying for credit
  can you stop the offer
  can they block the view
  is the street blocked
  block party
  leave the key under the mat
  please leave the lights on for the showing
  leave it to me
  lose my deposit?
  would I lose my earnest money
  lose my job
  delete that last message lol typo
  remove the old carpet
  remove that wall?
  take the fridge off the list
  take us off the market lol
  get me off the fence lol
  don't hesitate to call me
  feel free to text me
  dont forget to call me
  no rush
  no hurry
  no pets
  never mind
  nevermind
  no le escriban a mi esposa
  no llamen a mi esposo
  quiten las de Dallas
  al final del mes
  Hi there! We help realtors get 30+ exclusive seller leads a month GUARANTEED. Only $997/mo, cancel anytime. Book a call today!
  I'm driving right now - I'll get back to you when I stop. (Do Not Disturb While Driving)
  k thx ill call u at 4:30 when i get off work
  is this spam?
  are you a bot?
  who is this
  how did you get my number
  stop in Allen on the way?
  when should I stop by
  when can I stop in
  I'd stop by if its open
  my agent quit on me
  agent quit, need a new one
  my realtor quit texting me back so im looking for a new one
  the last agent stopped responding
  can I end the contract with my agent
  did he quit
  we quit the other realtor
  is the listing cancelled
  was the open house canceled
  did the sale get cancelled
  my offer got cancelled
  revoke the offer?
  can they revoke my preapproval
  the bank revoked my pre approval
  dont remove me from the list
  please dont take me off your list
  keep me on your list
  did you take me off your list?
  am i still on your list
  add me to your list
  put me on the list
  why did y'all stop sending me houses
  why do you guys never call me
  why hasn't my agent contacted me
  are you going to stop contacting me if I dont buy
  did my agent stop working with you
  when did they stop building in Frisco
  has Zillow stopped showing this listing
  did you delete my number lol
  did you lose my number?
  did you lose my number lol havent heard from you
  I thought you stopped texting me
  i havent gotten any emails lately
  havent received any listings this week
  didnt get any texts yesterday
  got no emails from you
  there were no messages
  no messages yet
  no call yet from the lender
  no calls from the agent yet
  I never got a call
  never heard back from you
  no one is answering
  you guys dont answer
  the lender doesnt text me back
  my old agent never texted me
  the seller won't contact me
  the inspector didnt call me
  we had to tell our last agent to stop calling us
  i asked opendoor to remove me from their list
  my ex keeps texting me lol ignore that
  told my landlord to leave me alone
  my landlord needs to leave me alone lol
  tell the seller to stop playing games
  can you tell the lender to stop emailing
  tell them to stop calling me
  can you get them to stop calling
  my bank keeps calling me
  the builder keeps calling us, can you make them stop
  another realtor is harassing me, so glad I found you
  dont contact my landlord please
  please do not call my office
  dont call my mom
  don't email my husband, email me
  please dont text him, he's at work
  do not contact the sellers
  dont contact my lender until I sign
  dont tell the seller our budget
  do not send my info to other agents
  don't share my number
  dont give my number to lenders
  please don't sell my info
  dont send my number to anyone
  cancel tomorrow
  please cancel tomorrow
  cancel saturday please
  cancel that
  cancel the 2pm
  cancel the appointment and remove it from the calendar
  we have to cancel
  need to cancel
  gotta cancel today sorry
  can we cancel and reschedule
  i cancelled my gym lol
  can i cancel after inspection
  is there a fee to cancel
  remove Allen from the list
  remove the second one
  remove the pool requirement
  please remove the one on Oak St
  can they remove the tree
  take Plano off my list
  take Plano off the list, too far
  take out the pool filter
  drop Allen from my search
  delete the Allen one
  take me off the Dallas alerts, keep Frisco
  we were removed from the list for that builder
  remove the contingency
  remove my cosigner from the loan
  my husband needs to be removed from the title
  removed the offer?
  I opted out of the home warranty
  can i opt out of pmi
  is opting out of escrow possible
  opt out of escrow
  do we have to opt in to the HOA
  quit my job last week does that matter
  i might quit my job
  will quit renting soon
  I quit looking last year but now im back
  is there a truck stop nearby
  next to the bus stop
  bus stops
  what's the next stop
  3 stop lights away
  is there a stop light
  stoplight
  stop and see it today?
  can we stop over at 6
  stop over
  we could stop there after church
  can you stop by my house
  would you stop by the property with me
  ill stop in tomorrow
  let me know when to stop by
  just stop by anytime
  stops at nothing
  cant stop smiling
  can not stop thinking about it
  couldnt stop talking about the kitchen
  i wont stop till i own a home
  we wont stop till we find one
  never gonna stop looking lol
  Stop it, thats such a cute house
  Stop!! I love that one
  omg stop that price is insane
  stop it is beautiful
  shut up that kitchen
  no way stop
  end of the week works
  the end of may
  end of next month
  weekends only
  end unit?
  end unit townhome in Plano
  high end finishes
  west end of Frisco
  need to end our lease
  can I end my lease early
  lease will end in march
  the lease ends soon
  does it end soon
  when does the promotion end
  to the end
  please dont stop sending me listings
  dont stop texting
  pls dont stop the updates
  don't ever stop sending these lol
  please continue to text me
  keep texting
  keep sending
  keep sending listings
  hope rates go away lol
  will the smell go away
  when do closing costs go away
  rates need to go down
  what would stop us from closing
  whats stopping us from making an offer
  dont call text
  dont call text instead
  dont call i prefer texts
  can you text instead of call
  can you text me instead of calling
  please text, dont call
  text only
  text is better than calls
  please no phone calls, text only
  no phone calls please, just text
  no calls just texts please
  no emails just text
  stop calling, text works better
  please quit calling and just text me
  I dont answer calls, text me
  I cant answer calls at work
  dont call this number, text it
  no texts after 9pm please
  no calls before 10
  no calls during work
  please no texts before 8am
  dont call between 9 and 5
  dont call me on weekends
  don't call on Sunday
  please dont call me while im at work
  dont call right now im in a meeting
  don't contact me this week, on vacation
  don't text me for the next 2 hours
  dont call unless its urgent
  do not text me about anything over 500
  please dont send condos
  dont send anything over 450
  stop sending me condos
  stop sending me houses over 500k
  stop sending stuff in Dallas
  quit sending me the same house
  please stop sending the ones in Allen
  no more townhomes
  no more than 450k
  no more than 2 stories
  no more fixer uppers
  no more Dallas
  no more rentals for us
  I dont want to be contacted by lenders
  i dont want to be called at work
  I dont want to hear about condos
  dont want to hear from the seller again
  i dont want texts after 9
  I don't want to text, call me
  i dont want to rent anymore
  dont want to live in Dallas
  we no longer need 4 bedrooms
  no longer interested in Frisco
  I don't need a call, just send the address
  i dont need calls i need a price
  I'm not interested in condos
  im not interested in selling yet
  not now
  maybe later
  not yet
  not ready yet
  no
  nope
  no thank you
  im good thanks
  no worries
  no problem
  we found a house thank you
  already bought
  we went with another agent, thanks
  we already have a realtor
  wrong number
  wrong number sorry
  this is not Maria
  who is this?
  Text STOP to opt out
  Txt STOP to end
  Reply STOP to unsubscribe. Msg rates apply
  reply STOP to stop
  "Text STOP to cancel" why does every message say that
  you said Reply STOP to opt out but I want to keep going
  Do I have to reply STOP to opt out or just ignore?
  If you no longer wish to receive these messages, reply STOP
  You can unsubscribe at any time by clicking the link below.
  Unsubscribe | View in browser
  Click here to unsubscribe from these emails
  is it possible to text after 5
  can you text the address
  send texts not emails
  please call or text
  never too late to call
  i dont mind texts
  I don't mind if you text me
  I dont care when you call
  dont worry about calling
  dont bother calling the other agent
  dont forget to text me
  dont wait to call me
  hesitate not to call
  not a problem text me
  why not text me the address
  if you dont text me back ill go with someone else
  if you dont call me today i will find someone else
  i would never text and drive
  she doesnt text
  they dont email
  we dont do email
  I do not email much
  i do not text
  I don't usually text
  my phone does not text
  my phone cant get texts
  this number cannot receive texts? can you call instead
  does this number text?
  block off saturday for us
  block off 2 hours
  cul de sac or end of the block
  is it on the same block
  what block is it on
  the house down the block
  leave a message
  leave me a message when you can
  please leave the gate open
  lose weight lol
  dont want to lose this house
  i dont want to lose the house
  would hate to lose it
  lost my number? its 469 555 0188
  my number changed, remove the old one and use 469 555 0188
  delete my old number and use this one
  my new email is x@y.com remove the old one
  can you take a look
  take me to see it
  take me to the house
  take me through the process
  revoked offer
  can the seller revoke
  my license was revoked
  consent to the credit pull?
  I consent
  i give my consent to text
  you have my permission
  i agree to receive texts
  subscribe me to Frisco listings
  add my number to the list
  put me on the email list
  sue told me about you
  my name is Sue
  my cousin is a lawyer he will look at the contract
  I'm an attorney in Plano
  do we need an attorney to close
  attorney fees?
  real estate lawyer recommendation?
  spam folder
  it went to spam
  your email went to my spam
  is this a scam
  harassed by other agents lol
  police report for the area?
  report from the inspector
  inspection report
  can you report back tomorrow
  techos altos
  mejor texto no llamadas
  no le llamen a mi esposo
  no contacten a mi esposo
  no dejes de mandarme listings
  no dejes de avisarme
  dejame pensarlo
  dejame ver
  déjame saber
  dejame hablar con mi esposo
  quiten Plano
  sacame del apuro jaja
  llamenme
  no se preocupe
  no importa
  no estoy seguro
  no entiendo
  no hablo ingles
  why did the texts stop
  why did the emails stop coming
  when did you stop sending emails
  did the messages stop working
  my texts stopped going through
  texts stopped coming
  you havent texted in a while
  you haven't called
  havent heard back
  still waiting on a text from you
  no one responded to my text
  no reply yet
  never got the text
  no one ever reached out
  they never reached out to me
  she never texted back
  she told me not to call her
  the seller told us not to contact the tenants
  the tenants asked us to leave them alone
  agent asked me to stop calling the seller lol
  my wife told me to stop looking at houses
  my husband says stop looking
  wife says we need to stop spending
  the bank told us to stop using credit cards
  lender said dont quit my job
  lender told me not to open new cards
  they removed me from the loan
  please remove my ex from the email thread
  remove my husband from the texts
  take my wife off the email chain
  please take my old email off the file
  remove the contingency please
  delete the duplicate
  delete my last text wrong person
  ignore my last text
  disregard my last message
  cancel my last message
  cancel sunday
  cancel it
  please cancel it
  cancel the application
  cancel my application
  cancel the inspection
  cancel our contract with the other realtor
  cancel my appointment with the lender
  how do I cancel my showing
  I'd like to cancel the tour
  can you cancel the 2 oclock
  need to cancel today, kid is sick
  cancel cable
  cancel my apartment lease
  quit claim
  I quit
  he quit his job
  quit paying rent
  quit asking about the roof lol
  end of story we love it
  the end unit please
  end of school year
  when does your listing end
  the deal ended
  our lease ended
  end date?
  ends meet
  stop price?
  stop loss
  stop by
  stop by anytime
  stop by at 3?
  Stop in Frisco first
  stop over sunday
  last stop
  stop at the open house
  stop sign
  stop light
  4 way stop
  will stop by after work
  gonna stop by
  can you stop by and open the door
  may stop in
  if you stop by bring the keys
  we stopped by
  full stop
  stopping by tomorrow
  stop worrying lol
  can't stop won't stop
  you cant stop progress lol
  nothing can stop us
  dont stop now
  please dont stop looking
  don't stop, this is great
  no need to stop
  never stop texting me these lol
  I hope you never stop sending listings
  hope prices stop rising
  when will rates stop going up
  will prices stop going up
  rates wont stop climbing
  stop the clock
  stop the foreclosure?
  can we stop the foreclosure
  need to stop foreclosure on my moms house
  stop paying pmi
  when can I stop paying pmi
  we want to stop renting by summer
  stop wasting money on rent
  I need to stop throwing money away on rent
  removing the carpet
  does it remove equity
  remove pmi
  can I remove pmi later
  opt for the bigger lot
  we opt to wait
  opt out of flood insurance
  can i opt out of the amenities fee
  opting for conventional
  unsubscribed from zillow lol
  i unsubscribed from redfin emails
  unsubscribe from zillow how?
  block the street?
  blocked drain
  the driveway is blocked
  they blocked off the street
  number 5 on the list
  add me to the vip list
  put us on the list for that one
  leave the address
  leave it on the porch
  leave at 5
  we leave friday
  leave me the code
  can you leave us the lockbox code
  will they leave the fridge
  leave alone time
  the kids leave me no time
  lose the house
  dont want to lose it
  lose our spot
  lose the pool
  we lost your number
  dont lose my number lol
  don't forget my number
  forget that one
  forget about Allen
  forget the Dallas one
  go away for the weekend
  we go away in june
  going away next week
  away til monday
  does the hoa go away
  i want the rate to go away
  the smell will go away
  want off the highway
  get off work at 5
  i get off at 5
  when i get off this call
  get off 75 at exit 40
  off market
  take it off
  take off friday
  taking off work for showing
  pls take off the plano filter
  no text from lender
  no calls from lender yet
  got no call
  no texts or calls from the lender
  there are no more listings
  no more listings in Allen?
  are there no more homes
  no more HOA please
  no more texas heat lol
  any more texts from the seller
  any texts from the seller?
  texts only please
  texts not calls
  text not call please
  please text instead of calling
  calls are hard at work, text is better
  i hate phone calls, just text
  rather text than call
  i'd rather text
  i prefer email over text
  i prefer to be contacted by email
  please email instead
  email only please
  email is better than text for docs
  can you email me instead of text
  contact my wife instead
  text my wife instead
  please call my husband not me
  call my wife instead of me
  dont call me call my wife
  don't call me, call my wife
  dont call till after 5
  dont call til tomorrow
  dont text until im off work
  dont text between 1 and 3
  don't call my cell, call my work number
  dont use this number, use my cell
  dont call early
  don't call late
  dont message me on facebook, text me
  dont email me the contract, print it
  don't email the docs
  don't send the contract yet
  dont send it to my old email
  dont send the lender my info yet
  dont send the offer yet
  please dont send any offers yet
  do not send a contract until i say
  do not send an agent
  do not send me to voicemail lol
  I don't want you to think im not serious
  I dont want you to lose your commission
  dont want to bother you
  dont want to bother the tenants
  didn't want to bother you
  hate to bother you
  sorry to bother you
  don't mean to bug you
  sorry for the spam lol
  sorry for all the texts
  sorry for blowing up your phone
  sorry i keep texting
  I will stop bothering you lol
  ill stop bugging you after this one
  ok ill stop texting so much haha
  i'll quit bugging you
  want me to stop texting so late?
  should I stop texting you here
  do you want me to stop
  let me know if i should stop
  is it ok to text you
  can I text you
  can i stop sending you listings i find?
  i dont consent to the inspection waiver
  do you consent to recording
  spouse consent needed?
  do you have my consent form
  I revoke my offer
  we withdraw our offer
  withdraw the offer
  withdraw from the contract
  withdraw money from 401k
  harassed by the HOA
  hoa harassment is real
  reported the roof leak
  report card for schools
  sued by hoa?
  is there a lawsuit against the builder
  lawsuit against the hoa?
  legal description
  is this legal
  scam?
  is this a scam or legit
  are you legit
  spam?
  i thought this was spam lol
  no llamen al trabajo
  porque dejaron de escribir
  no es molestia
  salir temprano
  salir a ver casas
  sacar un prestamo
  sacar de mi 401k
  olvide decirle
  dejar un enganche de 20
  dejenme ver y les aviso
  las tasas no paran de subir
  no paran de subir
  why did your office stop emailing me
  how come i stopped getting listings
  did the listings stop?
  has anyone texted the seller
  why wasnt I contacted
  nobody texted me about the showing
  I was never contacted after the tour
  your assistant never called
  the lender stopped responding
  my agent wont text me back
  the builder never reached out
  i told my mom to stop sending me zillow links lol
  told my boss i quit
  my ex needs to leave me alone lol
  the HOA wont leave us alone
  our landlord wont stop calling
  the other realtor keeps blowing up my phone, can you just take over
  please tell the lender not to call me at work
  ask the seller to leave the washer
  my wife doesnt want to be contacted at work, call me
  dont text my wife she gets mad
  don't call the tenants
  dont contact my bank yet
  cancel thursdays tour please
  cancel our 10am
  can we cancel the one in Plano and keep Frisco
  cancel the offer on Oak
  remove the fence?
  please remove the townhomes from my list
  remove Plano from the search
  take McKinney off
  removed from the MLS?
  want to be taken off the waitlist
  opting out of the HOA possible?
  can you opt out of the option fee
  thinking about opting out of escrow
  quit my job in June, can i still qualify
  quit renting finally!
  I'd quit smoking for that kitchen lol
  stop by tmrw?
  bus stop close?
  there's a stop sign right there
  1 stop shop
  i cant stop scrolling listings
  we wont stop until we get a yes
  wont stop till its ours
  never stops raining lol
  Stop it! that price is nuts
  omg stop that backyard
  end of january
  weekend tours?
  lease is at an end
  when does the lease end
  does the showing end at 3
  please dont stop texting, love the updates
  dont stop the listings
  hope the fees go away
  will PMI go away
  the cold will go away soon
  dont email, text
  stop with the emails and just text me
  emails only please, no calls
  I'd rather text than talk
  dont call me im at work, text
  texting is better than calling
  please dont text before 9
  no calls after 7pm
  dont call me tonight
  text me after 5 not before
  please dont send anything over 450k
  stop sending me ones in Allen
  no more condos please only houses
  quit sending me new builds
  It says "Reply STOP to opt out" but I want info
  Reply STOP to cancel. Msg&data rates apply.
`);

const SPANISH = list(`
  why hasn't anyone called me
  nobody has contacted me
  no one ever called me back
  no one texted me
  other agents wont stop calling me
  dont call, just text me
  dont call, just text me. looking in McKinney
  Don't call me, text me instead
  stop calling me just text
  dont text me before 8
  don't call me at work
  dont call me until monday
  dont call me after 6
  dont text me about condos
  don't send me condos
  don't send me anything over 400k
  dont send me listings in Dallas
  dont send me houses without a pool
  contact me
  text me
  call me
  quiero cancelar la cita de mañana y pasarla al viernes
  alto presupuesto, hasta 900 mil, Frisco
  cancelar la visita del sabado
  podemos cancelar la cita
  no me llamen despues de las 9
  no me llame por la mañana, estoy trabajando
  no me escriban en la noche por favor
  no me llames, mejor mandame texto
  no me llamen, solo mensajes
  prefiero mensajes, no llamadas
  por que ya no me escriben?
  por que no me han llamado
  por que dejaron de mandarme casas
  no me han contestado
  nadie me ha llamado
  no me llamaron
  el otro agente no deja de llamarme
  le dije al otro agente que deje de llamarme
  no dejen de mandarme casas
  no dejen de escribirme
  quita Dallas de la lista
  quitame las de Dallas por favor
  no me manden casas en Dallas
  no me mandes condominios
  no quiero condominios
  no quiero vivir en Dallas
  ya no quiero Plano
  no me interesa Dallas
  cuando baja el precio?
  planta baja por favor
  baja el precio?
  casa de dos pisos, recamara en la planta baja
  busco casa para mi familia
  hay parada de autobus
  salir de la renta
  no mas de 300 mil
  no mas de 3 recamaras
  nada mas estoy viendo
  no puedo parar de ver esa casa
  dar el enganche y ya
  quiero terminar mi contrato de renta
  how come no one texts me back
  Why wont anyone call me back
  nobody calls me back
  keep me posted
  interest rates stop me from buying
  nothing will stop me
  stop emailing me and just text
  dont leave voicemails, text me
  dont text me early
  dont text me so late
  dont text me after 10
  dont text me past 9pm
  dont text me tonight
  dont text me unless its under 400k
  dont send me anything in Dallas
  dont send me apartments
  dont send me that one again
  stop showing me condos
  quit showing me Dallas
  no gracias
  Responda STOP para cancelar
  Envia PARAR para dejar de recibir mensajes
  send me a text
  call or text me anytime
  dont be shy, text me
  leave me a voicemail
  get me a showing
  get me in asap
  get me off work early lol
  yes text me
  sign me up
  cancelar la cita
  cancela la cita del viernes
  hay que cancelar mañana
  tengo que cancelar
  puedo cancelar si no me gusta
  no puedo el sabado hay que cancelar
  quiero cancelar el contrato
  baja un poco el precio
  dar de baja el seguro
  bajar el precio
  baja el interes?
  pueden bajar el precio
  una casa en la zona baja
  precio muy alto
  esta muy alto el precio
  la parada del bus
  parar en la casa
  podemos parar a verla
  para mi familia
  para marzo
  para cuando
  para ver la casa
  basta con 3 recamaras
  me basta con 2 baños
  no mas de 2 pisos
  no mas 2 recamaras
  no más Dallas
  no quiero Dallas
  no quiero hoa
  no quiero pagar mas renta
  no quiero perder esa casa
  no quiero que me llamen antes de las 5
  no me llames ahorita estoy en el trabajo
  no me llamen hoy
  no me llame al trabajo
  no me escriban tan tarde
  no me manden mensajes despues de las 10
  no me manden condos
  no me mande casas sin patio
  no me mandes la de Allen
  no me llames mandame mensaje
  no me llamen, mejor escribanme
  no me llame, prefiero texto
  no llamadas por favor, solo mensajes
  por que no me escribes
  porque no me llaman
  por que no me mandan casas
  por qué ya no me contestan
  ya no me han escrito
  no me ha llamado el banco
  no me escribio nadie
  no me contestaron
  nunca me llamaron
  todavia no me llaman
  no me llego el mensaje
  no recibi mensajes
  no tengo mensajes
  no hay mensajes
  el banco no me llama
  mi agente ya no me llama
  el otro agente no me deja en paz
  dile al otro agente que no me llame
  dile al banco que no me llame mas
  le dije a mi agente que ya no me escriba
  no le manden mensajes a mi esposa
  no dejen de llamarme
  deje mi numero con el agente
  deja te aviso
  deja veo con mi esposa
  dejenme saber si hay algo en Frisco
  quita la de Plano
  quitar la alberca
  borra ese mensaje
  borra lo anterior me equivoque
  elimina la opcion de Dallas
  sacame una cita
  saca cita para el sabado
  me saca de dudas
  mandame mensajes
  escribanme por favor
  no hay problema
  he never called me back
  dont stop looking for me
  add me
  take me off speaker
  text me no calls
  contact me by email
  dont contact me til next week im traveling
  dont contact me for a couple of weeks, on vacation
  don't text me during church
  dont text me anything over 500k
  dont text me listings in Dallas
  dont text me condos
  no quiero que llamen a mi trabajo
  no me llame a la oficina
  no me escriban por whatsapp, mejor texto
  no me llame ahora
  no me llamen ahora estoy ocupado
  no me llames en este momento
  no me llame temprano
  no me llamen los domingos
  no me escriba por correo, mejor texto
  no me mande correos, mejor texto
  no me manden nada de Dallas
  no me manden nada arriba de 400
  no me manden casas viejas
  no me mande apartamentos
  no me manden mas de Plano
  no me mandaron nada
  no me mandaron la lista
  no me enviaron el contrato
  no me han mandado nada
  no me han llegado mensajes
  no me ha escrito
  no me escribieron
  no me contestas
  no me contesta el agente
  no me responde
  por que no me mandan nada
  por que dejo de escribirme
  ya no me mandas casas
  ya no me has escrito
  ya no me llego nada
  ya no he recibido mensajes
  ya no quiero rentar
  ya no quiero ir el sabado
  ya no puedo el sabado
  ya no busco en Dallas
  ya no me gusta esa casa
  ya no tengo ese numero, este es el nuevo
  ya no trabajo ahi
  no quiero esa
  no quiero nada en Dallas
  no quiero nada viejo
  no quiero llamar al banco
  no quiero mandar mis datos por texto
  no quiero molestar
  no quiero molestarlo
  perdon por molestar
  disculpe la molestia
  disculpe que lo moleste
  no hay de que
  cancelar mi cita
  cancelar la visita
  cancele la cita por favor
  cancela el tour
  quiero cancelar mi contrato con otro agente
  me cancelaron el prestamo
  se cancelo la venta
  bajar el enganche
  baja de precio
  la baja california jaja
  quiero salir de rentar
  eliminar el hoa
  quitar el hoa
  quitar la alfombra
  pueden quitar la pared
  sacar cita
  me pueden sacar una cita
  me puede quitar la duda
  borrar el anterior
  olvide mi numero de cuenta
  para el lunes
  para dos familias
  para de quien es la casa
  alto el hoa
  mas alto
  basta con eso por ahora
  no basta
  deje un mensaje
  deje mensaje
  dejeme su numero
  dejame la direccion
  dejame en la oficina el contrato
  deja de llover?
  cuando deja de subir el precio
  los precios no dejan de subir
  no quiero cancelar la cita
  no cancelen mi cita
  hay que parar en el banco primero
  no me llamen mañana
  no me han mandado la informacion
  nadie me llamo
  no me hablaron del banco
  dejen la llave en la puerta
  deje mis datos en la pagina
  quitaron la casa de la lista?
  ya quitaron la casa?
  la casa ya no esta en la lista
  me pueden mandar la lista
  no pare de llover
  basta una recamara
  alto costo
`);

/** What may be one. */
const DOUBTFUL = list(`
  🛑
  ✋
  🚫
  fuck you
  my lawyer will hear about this
  this is harassment
  I'm reporting you
  reporting you to the FCC
  I'm on the do not call registry
  text STOP
  this is spam
  i never signed up for this
  who gave you my number, I will sue
  stop texting me so much
  too many texts
  abogado
  los voy a reportar
  chinga tu madre
  never asked for this
  didnt ask for these texts
  text less please
  dont text me so often
  please stop texting me for now
  enough
  ✋🛑
  ⛔
  🖕
  fuck u
  go to hell
  shut up
  I will sue you
  my attorney will contact you
  you'll hear from my attorney
  this is illegal
  you are harassing me
  reported
  I'm reporting this number
  report this as spam
  scam
  SPAM
  spammers
  too many messages
  why so many texts
  these texts are annoying
  your texts are so annoying
  I didn't sign up for this
  never opted in
  I didnt give you my consent
  I'm on the national do not call list
  i am on the dnc registry
  stop texting me every day
  dont text me every day
  less texts please
  stop texting for now
  give me a break
  esto es acoso
  voy a hablar con mi abogado
  ya me cansaron
  pendejos
  los voy a demandar
  le dije que no me escriba
  blocked
  para
  los voy a bloquear
  stop texting so much
  stop texting me so often please
  my lawyer
  harassment
  you'll be hearing from my lawyer
  I'm going to report you to the FCC
  this is considered harassment
  I have reported this number
  spammer
  didn't opt in to this
  I didnt sign up for these texts
  please text less
  🚫📵
  shut the fuck up
  fuck yourself
  le dije que no me escribiera mas
  why do you keep texting me
  do not want
`);

describe('readConsent', () => {
  it.each([...ENGLISH, ...SPANISH])('does not silence %j', (text) => {
    expect(verdictOf(text)).toBeNull();
  });

  it.each(DOUBTFUL)('leaves %j to a person', (text) => {
    expect(verdictOf(text)).toBe('hold');
  });
});
