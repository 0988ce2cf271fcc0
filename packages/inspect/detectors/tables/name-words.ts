// Words beside people's names in many languages, as alternatives of patterns. Written from general knowledge.

/** Words after which any word in capitals is a name. */
export const NAMED = [
  "my (?:full |first |last |real |legal )?name(?:'s| is|:)|name'?s|(?:i am|i'm|we are) called|people call me|you can call me|call me",
  "(?:je m['’]appelle|mon nom est|mein name ist|ich hei(?:ß|ss)e|me llamo|mi nombre es|mi chiamo|il mio nome è|(?:o )?meu nome é|me chamo|chamo-me|mijn naam is|ik heet|nazywam się|mam na imię|jag heter|mitt namn är|jeg (?:hedder|heter)|nimeni on|jmenuji se|volám se|benim adım|ad[ıi]m|numele meu este|mă numesc|a nevem|меня зовут|мене звати|казвам се|с[ъа]м|με λένε|اسمي|שמי|मेरा नाम|আমার নাম|ผมชื่อ|ฉันชื่อ|tên tôi là|nama saya)",
  '(?:mrs?|ms|miss|mx|dr|prof(?:essor)?|mme|mlle|monsieur|madame|maître|herrn?|frau|señora?|sra?|srta|doña|sig(?:nora?|\\.ra)?|dott(?:\\.ssa|oressa)?|dhr|mevr|mevrouw|meneer|senhora?|pani|herra|rouva|fru|bayan|Ing\\.|Mgr|MUDr|JUDr|RNDr)\\.?',
  '(?:السيدة?|الأستاذة?|الدكتورة?|المهندسة?|الآنسة|آقای|خانم|г-н|г-жа|г-ца|д-р|инж\\.|пані?|κύριος|κυρία|κα|श्री|श्रीमती|डॉ\\.?|जनाब|জনাব|ডঃ|মোছাঃ|মোঃ|นาย|นางสาว|นาง|מר|גברת|ד"ר)',
  '(?:first|last|full|given|middle|family|legal|maiden|sur|fore|customer|client|patient|employee|contact|account ?holder|cardholder|card ?holder|beneficiary|recipient|sender|applicant|insured|guardian|spouse|student|teacher|physician|doctor|provider|nurse|driver|owner|passenger|guest|member|user|display|next of kin|emergency contact|parent|mother|father|son|daughter|husband|wife|brother|sister)[ _-]?names?',
  '(?:vor|nach|familien)name|nom(?: de famille| complet)?|prénom|nombre(?: completo)?|apellidos?|cognome|nome(?: completo)?|sobrenome|voornaam|achternaam|imię|nazwisko|förnamn|efternamn|fornavn|etternavn|etunimi|sukunimi|jméno|příjmení|ad[ıi] soyad[ıi]|имя|фамилия|фио|姓名|名前|氏名|お名前|성명|이름|ชื่อ|नाम|الاسم|שם',
  '(?:我叫|我的名字是|我是|私の名前は|私は|제 이름은|저는)',
].join('|');

/** Words after which one word in capitals that is no other word is a name. */
const SALUTED = [
  "hi|hey|hello|dear|hiya|howdy|(?:good )?(?:morning|afternoon|evening)|thanks,|thank you,|cheers,?|(?:kind |best |warm )?regards,|sincerely,|yours(?: truly)?,|best( wishes)?,|love,|respectfully,|i['’]?m|cc|(?:my|his|her|our|your) (?:friend|colleague|boss|manager|brother|sister|son|daughter|wife|husband|mother|father|mom|mum|dad|uncle|aunt|cousin|neighbou?r|doctor|teacher|partner|assistant|roommate|client|landlord),?|[Ii] (?:just )?(?:met|saw|know|married)|spoke (?:to|with)|talk(?:ed|ing)? (?:to|with)|please (?:tell|ask)|tell|told",
  'liebe[rs]?|bonjour|salut|chère?|cordialement,|hola|estimad[oa]|querid[oa]|saludos,|atentamente,|ciao|gentile|saluti,|prezad[oa]|olá|abraços,|beste|geachte|groeten,|hej|kjære|kära|mvh,?|cześć|drogi|droga|dragă|ahoj|merhaba|sayın',
].join('|');

/** Words after which two words in capitals that are no other words are a name. */
const ROLES =
  'name|patient|customer|client|employee|tenant|resident|witness|defendant|plaintiff|applicant|cardholder|card holder|account holder|beneficiary|recipient|passenger|guest|student|teacher|nurse|assigned to|(?:letter|call|email|message|complaint|request) from|from:|to:|attn:?|attention|contact(?: person| name)?(?: [–-])?|belongs to|forward (?:this|it) to|(?:meeting|appointment|call|interview|lunch|speaking|dinner) with|met with|(?:send|give|return|deliver|mail|ship) (?:it |this |that |them )?to|reach|what did|notes:|balance of|behalf of|signed(?: by)?|welcome|in the name of';

/** Words after which a name that is known to be one may follow. */
const MET =
  "(?:i am|this is|it[’']s|meet|ask|call|email(?:ed)?|message|ping|bcc|from|sent|user|friend|colleague|boss|manager|brother|sister|son|daughter|wife|husband|mother|father|mom|mum|dad|uncle|aunt|cousin|neighbou?r|agent|owner|driver|author|assignee|reporter|approver|requester|attendees?|participants?|thanks|thank you|regards|best|love|sincerely|guten tag|grüße|gruß|cordialement|saludos|atentamente|saluti|hallo|car[oa]|@?(?:team|all|everyone|folks),)|[—–]";

/** From the one that says most. */
export const GREETED: readonly string[] = [SALUTED, ROLES, MET];

/** Greetings in other scripts, and the dash before a signature. They count as greetings and as `MET`. */
export const GREETED_ELSEWHERE =
  'привет,?|здравствуйте,?|уважаем(?:ый|ая)|здравей,?|здравейте,?|γεια σου|αγαπητ(?:έ|ή)';
export const DASH = '[—–]';

/** What only people do, behind a name. */
export const DOES =
  '(?:said|says|called|asked|told|wrote|writes|replied|lives|lived|works|worked|complained|was born|phoned|emailed|mentioned|explained|thinks|wants|seemed|visited|reported|agreed|answered|is (?:on|out|away|sick|ill|late|my|our|a|an|the)|has (?:been|not|a)|had|will be|can|must|should|paid|bought|ordered|requested|confirmed|signed|arrived|left)';

/** Of respect, behind a name in Japanese and Korean. */
export const RESPECT = 'さん|様|さま|先生|氏|くん|ちゃん|씨|님';
