// Words of postal addresses in many languages, as alternatives of patterns. Written from general knowledge and the sources named.

/** Kinds of street behind a name, as English writes and shortens them. Source: USPS Publication 28, appendix C1. */
export const BEHIND =
  'Alley|Anex|Annex|Arcade|Avenue|Ave|Bayou|Beach|Bend|Blvd|Bluffs?|Bottom|Boulevard|Branch|Bridge|Brooks?|Burgs?|Bypass|Camp|Canyon|Cape|Causeway|Center|Centers|Centre|Circles?|Circuit|Cir|Cliffs?|Close|Club|Common|Commons|Corners?|Course|Courts?|Ct|Coves?|Creek|Crescent|Cres|Crest|Crossing|Crossroads?|Curve|Dale|Dam|Divide|Drives?|Dr|Estates?|Expressway|Extensions?|Falls?|Ferry|Fields?|Flats?|Fords?|Forest|Forges?|Forks?|Fort|Freeway|Gardens?|Gateway|Glens?|Greens?|Groves?|Harbors?|Haven|Heights|Highway|Hwy|Hills?|Hollow|Inlet|Islands?|Isle|Junctions?|Keys?|Knolls?|Lakes?|Landing|Lane|Ln|Lights?|Loaf|Locks?|Lodge|Loop|Mall|Manors?|Meadows?|Mews|Mills?|Mission|Motorway|Mount|Mountains?|Neck|Orchard|Oval|Overpass|Parade|Parks?|Parkways?|Pkwy|Pass|Passage|Path|Pike|Pines?|Place|Pl|Plains?|Plaza|Points?|Ports?|Prairie|Radial|Ramp|Ranch|Rapids?|Rest|Ridges?|River|Roads?|Rd|Route|Row|Rue|Run|Shoals?|Shores?|Skyway|Springs?|Spurs?|Squares?|Sq|Station|Stravenue|Stream|Streets?|St|Summit|Terrace|Throughway|Trace|Track|Trafficway|Trail|Trailer|Tunnel|Turnpike|Underpass|Unions?|Valleys?|Via|Viaduct|Views?|Villages?|Ville|Vista|Walks?|Wall|Way|Ways|Wells?|Marg|Nagar|Sarani|Colony|Ithafa|Isitaladi';

/** Kinds of street before a name: Romance and Slavic languages, Indonesian, Vietnamese, Greek, Azerbaijani. */
export const BEFORE =
  'rue|avenue|av\\.|boulevard|bd|chemin|impasse|allée|quai|calle|c/|avenida|avda\\.?|plaza|paseo|ronda|rambla|camino|pasaje|cuesta|glorieta|urbanización|callejón|cañada|acceso|vial|via|viale|piazza|corso|vicolo|strada|borgo|contrada|rotonda|stretto|incrocio|canale|rua|travessa|largo|praça|praceta|rodovia|alameda|ulica|ul\\.|aleja|aleje|al\\.|pl\\.|plac|os\\.|str\\.|aleea|bd\\.|bulevardul|calea|șoseaua|trg|jalan|jl\\.|gang|đường|phố|улица|ул\\.|бул\\.|проспект|пр\\.|пер\\.|ш\\.|наб\\.|алея|вулиця|вул\\.|булевард|площа|пров\\.|λεωφόρος|λεωφ\\.|οδός|οδ\\.|πάροδος|רחוב|שדרות|ถนน|फ्लैट';

/** Endings of a street's name: German, Dutch, Swedish, Danish, Norwegian, Finnish. */
export const ENDINGS =
  'stra(?:ß|ss)e|str\\.|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|plein|gracht|singel|kade|steeg|dreef|hof|pad|gatan|vägen|väg|gata|gränd|stigen|torget|gade|vej|allé|stræde|vænget|torvet|veien|vegen|gaten|svingen|bakken|katu|tie|polku|kuja|penger';

/** Kinds of street behind a name and before the number: German, Hungarian, Turkish, Baltic, Azerbaijani, Armenian. */
export const LAST =
  'Stra(?:ß|ss)e|Str\\.|Weg|Platz|Allee|Gasse|Ring|utca|u\\.|út|útja|tér|körút|köz|sétány|sor|Sokak|Sokağı|Sk\\.|Cadde|Caddesi|Cd\\.|Cad\\.|Bulvarı|Blv\\.|tänav|tn|tee|puiestee|iela|gatve|g\\.|gatvė|pr\\.|al\\.|ulica|cesta|küçəsi|küç\\.|prospekti|pr\\.|ulitsa|փողոց|ქუჩა|կ\\.|улица|ул\\.|проспект';

/** US states, territories and military posts. Source: USPS Publication 28, appendix B. */
export const STATES =
  'A[LKZRSPEA]|C[AOT]|D[EC]|F[LM]|G[AU]|HI|I[DLNA]|K[SY]|LA|M[EDAINSOTHP]|N[EVHJMYCD]|O[HKR]|P[ARW]|RI|S[CD]|T[NX]|UT|V[TAI]|W[AVIY]';

/** Before the number of a house or flat: Bengali, Hindi, Nepali, Thai, Vietnamese. */
export const NUMBERED =
  'বাড়ী নং|বাড়ি নং|বাসা নং|বিল্ডিং নং|ফ্ল্যাট|অ্যাপার্টমেন্ট|ষ্টুডিও|मकान नं|मकान नंबर|घर नं|प्लॉट नं|บ้านเลขที่|เลขที่|Số nhà|số nhà';

/** Kinds of street before a name: Arabic and Persian. */
export const ARABIC = 'شارع|نهج|حي|طريق|زنقة|دوار|بلدية|ممر|ساحة|خیابان|کوچه|بلوار|میدان';

/** What announces an address. */
export const ANNOUNCING =
  "(?:my |home |billing |shipping |mailing |postal |delivery |work |street |residential |current )?[Aa]ddress(?:[ _-]?(?:line)?[ _-]?1)?|addr|street(?:[ _-]?address)?|(?:i |he |she |they |we |who )?(?:[Ll]ive|[Ss]tay|[Rr]eside)s?(?: at| in)|(?:living|staying|residing|lived|stayed|resided|located|house|home|apartment|office|shop|store|clinic|warehouse|happened|meet|parked|occurred|takes place|took place) at|(?:moved|moving|move|relocated|travel(?:ed|led)?|drive|go) to|(?:ship|send|deliver|mail|post|forward|bring|return)(?:ped|ed)? (?:it |this |that |them |everything |the (?:package|parcel|order|invoice|bill|goods|letter) )?to|ship to|delivery|(?:parcel|package|letter|order) (?:for|to)|pick (?:me|him|her|us) up (?:at|from)|adresse|anschrift|stra(?:ß|ss)e|direcci[oó]n|domicilio|indirizzo|endereço|morada|adres|adress|osoite|lakcím|cím|adresa|адрес|адреса|διεύθυνση|住所|地址|주소|العنوان|عنوان|آدرس|כתובת|पता|ठिकाना|ที่อยู่|địa chỉ|alamat|адресу|(?:ich wohne|wohnhaft|wohnt) (?:in|an|am)(?: der| dem)?|j[’']habite (?:au|à)|vivo en|abito in|moro (?:na|em|no)|mieszkam (?:na|przy|w)|ik woon (?:aan|op|in)|jag bor på";
