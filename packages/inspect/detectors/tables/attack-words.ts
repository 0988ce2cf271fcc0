// Words of attacks, a row for each language: what is asked of the model, and for what. Stems of regular expressions, in
// small letters. A table: it decides nothing.

export interface Words {
  /** To set aside instructions. */
  readonly forget: string;
  /** Instructions, rules, what was said. */
  readonly rules: string;
  /** Earlier, all, your: which instructions are meant. */
  readonly which: string;
  /** To tell, show, print; and question words. */
  readonly tell: string;
  /** The system prompt, and the text above. */
  readonly prompt: string;
  /** Environment, configuration, credentials. */
  readonly machine: string;
  /** Being without rules. */
  readonly free: string;
  /** In languages whose verbs stand last, the verb is what completes a request. */
  readonly verbLast?: true;
}

// biome-ignore format: a table is read by its rows
export const WORDS: Readonly<Record<string, Words>> = {
  de: {
    forget: 'ignorier|vergiss|vergessen|missacht|umgeh|übergeh|verwirf|überschreib|(?:befolge|beachte|folge)[^.!?]{0,40}(?:nicht|keine)',
    rules: 'anweisung(?:en)?|instruktion(?:en)?|befehlen?|befehle|regeln|vorgaben|richtlinien|einschränkungen|systemprompt|alles,? was (?:dir|ihnen|ich)|gesagt wurde|gesagt habe',
    which: 'vorherig|bisherig|früher|obig|vorangegangen|vorig|alle|dein|deine|ihre|sämtliche|vorher|bisher|zuvor',
    tell: 'zeig|gib|geben sie|nenn|verrat|druck|schreib|lies|send|schick|wiederhol|liste|wie lautet|wie lauten|was ist|was sind|was steht|sag',
    prompt: 'system-?prompts?|system-?anweisung(?:en)?|systemnachricht|(?:deine|ihre|geheimen?|ursprünglichen?|internen?|versteckten?) (?:anweisungen|instruktionen|prompts?|vorgaben|regeln)|text (?:oberhalb|über|davor|oben)|alles (?:oberhalb|darüber)',
    machine: 'umgebungsvariablen|konfigurationsdatei(?:en)?|zugangsdaten|(?:geheimes?|dein|ihr|admin-?) ?passwort|passwörter|geheimnisse|api-?schlüssel|geheime[sn]? (?:schlüssel|wort|kennwort)',
    free: 'ohne (?:jegliche |jede )?(?:regeln|einschr(?:ä|ae)nkungen|beschr(?:ä|ae)nkungen|filter|zensur)|uneingeschränkt|keine (?:regeln|einschränkungen|grenzen)',
  },
  fr: {
    forget: 'ignore|oubli|néglige|contourne|passe outre|ne (?:suis|suivez|tiens|tenez|respecte)',
    rules: 'instructions|consignes|règles|directives|ordres|restrictions|tout ce qui (?:a été|précède|t|vous)|ce qu.on (?:t|vous) a dit',
    which: 'précédent|antérieur|ci-dessus|initial|toutes|tes|vos|les|tout ce',
    tell: 'montre|affiche|donne|liste|imprime|révèle|envoie|lis|répète|quels? (?:est|sont)|quelles? (?:est|sont)|écris|dis-moi',
    prompt: 'prompt (?:du )?système|message système|instructions (?:du )?système|prompt (?:initial|caché)|(?:tes|vos) (?:instructions|consignes|directives|règles)|texte ci-dessus|texte (?:qui )?précède',
    machine: "variables? d.environnement|fichiers? de configuration|identifiants|mots? de passe (?:secret|admin|de la base)|(?:ton|tes|votre|vos) mots? de passe|clés? api|clé secrète|secrets",
    free: 'sans (?:aucune |aucun )?(?:restriction|règle|limite|filtre|censure)s?|aucune (?:restriction|règle|limite)',
  },
  es: {
    forget: 'ignor|olvid|descart|omit|salta|no sigas|no hagas caso|anula',
    rules: 'instrucciones|reglas|directrices|órdenes|indicaciones|restricciones|todo lo (?:que|anterior|dicho)|te dijeron',
    which: 'anterior|previ|inicial|todas|tus|sus|las|todo',
    tell: 'muestr|muéstr|mostrar|dame|dime|imprim|list|revel|envía|lee|repit|escrib|cuál|cuáles|qué',
    prompt: 'prompt del? sistema|mensaje del? sistema|instrucciones del? sistema|prompt (?:inicial|oculto)|(?:tus|sus) (?:instrucciones|directrices|reglas)|texto anterior|texto de arriba',
    machine: 'variables? de entorno|archivos? de configuración|credenciales|contraseñas? (?:secret|de la base|de admin)|(?:tu|tus|su) contraseñas?|claves? (?:de )?api|clave secreta|secretos',
    free: 'sin (?:ninguna |ningún )?(?:restricci|regla|límite|filtro|censura)|ninguna restricción',
  },
  it: {
    forget: 'ignor|dimentic|trascur|scarta|aggira|non seguire|annulla',
    rules: 'istruzioni|regole|direttive|ordini|indicazioni|restrizioni|tutto (?:quello|ciò) che',
    which: 'precedent|sopra|inizial|tutte|tue|tuoi|le|tutto',
    tell: 'mostra|stampa|dammi|dimmi|rivela|elenca|invia|leggi|ripeti|scrivi|qual è|quali sono',
    prompt: 'prompt (?:di|del) sistema|messaggio di sistema|prompt (?:iniziale|nascosto)|(?:tue|le tue) (?:istruzioni|regole|direttive)|testo (?:qui )?sopra',
    machine: "variabil[ei] d.ambiente|file di configurazione|credenziali|password (?:segreta|di admin|del database)|(?:tua|tue) password|chiav[ei] api|chiave segreta",
    free: 'senza (?:alcuna |nessuna )?(?:restrizion|regol|limit|filtr|censur)|nessuna restrizione',
  },
  pt: {
    forget: 'ignor|esqueç|esquec|descart|desconsider|não sig|anul',
    rules: 'instruções|regras|diretrizes|ordens|orientações|restrições|tudo o que|tudo que',
    which: 'anterior|acima|prévia|inicia|todas|suas|tuas|as|tudo',
    tell: 'mostr|imprim|diga|revel|list|envi|lei|repit|escrev|qual é|quais são|dê-me|me dê|exib',
    prompt: 'prompt (?:de|do) sistema|mensagem (?:de|do) sistema|prompt (?:inicial|oculto)|(?:suas|tuas) (?:instruções|regras|diretrizes)|texto acima',
    machine: 'variáveis de ambiente|arquivos? de configuração|credenciais|senha (?:secreta|do admin|do banco)|(?:sua|suas|tua) senhas?|chaves? (?:de |da )?api|chave secreta|segredos',
    free: 'sem (?:qualquer |nenhuma? )?(?:restriç|regra|limite|filtro|censura)',
  },
  nl: {
    forget: 'negeer|vergeet|sla over|omzeil|volg[^.!?]{0,30}niet',
    rules: 'instructies|regels|richtlijnen|opdrachten|beperkingen|alles wat (?:je|ik|er)|is verteld',
    which: 'vorige|eerdere|bovenstaande|alle|je|jouw|uw|alles|eerder',
    tell: 'toon|laat|geef|druk|schrijf|lees|stuur|herhaal|wat (?:is|zijn|staat)|vertel',
    prompt: 'systeemprompt|systeem prompt|systeembericht|(?:je|jouw|uw) (?:instructies|regels|richtlijnen)|tekst (?:hierboven|boven)',
    machine: 'omgevingsvariabelen|configuratiebestand(?:en)?|inloggegevens|(?:geheime|je|jouw) wachtwoord|wachtwoorden|api-?sleutels?|geheime sleutel',
    free: 'zonder (?:enige )?(?:beperkingen|regels|filters|grenzen)|geen (?:beperkingen|regels)',
  },
  pl: {
    forget: 'zignoruj|ignoruj|zapomnij|pomiń|odrzuć|obejdź|nie (?:stosuj|przestrzegaj)',
    rules: 'instrukcj|polece|poleceni|zasad|reguł|wytyczn|ogranicze|wszystkim|wszystko, co|powiedziano',
    which: 'poprzedni|wcześniej|powyższ|wszystki|swoj|twoj',
    tell: 'pokaż|wypisz|podaj|ujawnij|wyświetl|wydrukuj|wyślij|przeczytaj|powtórz|napisz|jakie (?:jest|są)|zdradź',
    prompt: 'prompt systemow|promptu? systemow|komunikat systemow|(?:swoje|twoje) (?:instrukcje|zasady|wytyczne)|tekst (?:powyżej|wyżej)',
    machine: 'zmienne środowiskowe|plik(?:i)? konfiguracyjn|dane (?:logowania|uwierzytelniając)|tajne hasło|hasła|klucz(?:e)? api|tajny klucz',
    free: 'bez (?:żadnych )?(?:ogranicze|zasad|filtr|cenzury)',
  },
  tr: {
    forget: 'yok say|görmezden gel|unut|dikkate alma|göz ardı et|uyma',
    rules: 'talimat|yönerge|kural|komut|kısıtlama|söylenen',
    which: 'önceki|yukarıdaki|tüm|bütün|daha önce|her şey',
    tell: 'göster|yazdır|listele|söyle|açıkla|paylaş|ver\\b|oku|tekrarla|nedir|nelerdir|yaz\\b',
    prompt: 'sistem (?:istem|mesaj|talimat|prompt)|gizli (?:talimat|istem)|yukarıdaki (?:metni|yazıyı|her şeyi)|(?:kendi )?talimatlarını',
    machine: 'ortam değişken|yapılandırma dosya|kimlik bilgi|gizli (?:parola|şifre|anahtar)|parolaları|şifreleri|api anahtar',
    free: 'kısıtlaması olmayan|kısıtlama olmadan|kural(?:sız|lar olmadan)|sınırsız bir (?:yapay|ai)',
    verbLast: true,
  },
  ru: {
    forget: 'игнорир|забудь|забыть|отбрось|обойди|пропусти|не (?:следуй|соблюдай|выполняй)|отмени',
    rules: 'инструкци|указани|правил|команд|ограничени|директив|говорили|сказано',
    which: 'предыдущ|прежн|все|всё|свои|твои|выше|ранее|раньше',
    tell: 'покажи|выведи|напечатай|назови|раскрой|отправь|прочитай|повтори|скажи|дай|какой|какая|какие|перечисли',
    prompt: 'системн[а-яё]+ (?:промпт|сообщени|инструкци|подсказ)|(?:свои|твои|скрыт[а-яё]+|секретн[а-яё]+) (?:инструкции|правила|указания)|текст (?:выше|сверху)',
    machine: 'переменны[а-яё]+ окружения|файлы? конфигурации|учётны[а-яё]+ данны|секретн[а-яё]+ (?:пароль|ключ|слово)|пароли|ключи? api|api[- ]?ключ',
    free: 'без (?:каких-либо |всяких )?(?:ограничени|правил|фильтр|цензуры)|нет (?:ограничений|правил)',
  },
  zh: {
    forget: '忽略|无视|忘记|忘掉|不要遵守|绕过|跳过|覆盖',
    rules: '指令|指示|规则|提示|限制|说明|告诉你的|所说的',
    which: '之前|以前|先前|上面|所有|全部|你的|一切',
    tell: '显示|打印|输出|告诉|给我|列出|重复|复述|泄露|透露|说出|展示|是什么',
    prompt: '系统提示|系统消息|系统指令|初始提示|(?:你的|隐藏的?|最初的?)(?:指令|指示|规则|提示词?)|上面的(?:文字|内容|文本|话)|以上(?:文字|内容)',
    machine: '环境变量|配置文件|凭据|(?:你的|秘密|管理员|数据库)密码|密钥|api ?密钥|令牌',
    free: '没有任何(?:限制|约束|规则)|不受(?:限制|约束)|没有(?:限制|规则)',
  },
  ja: {
    forget: '無視|忘れ|従わない|無効|上書き',
    rules: '指示|命令|ルール|規則|プロンプト|制限|言われたこと',
    which: '以前|これまで|前の|上記|すべて|全て|あなたの',
    tell: '表示|出力|教えて|見せて|印刷|一覧|繰り返|送って|明かし|公開',
    prompt: 'システムプロンプト|システムメッセージ|初期プロンプト|隠された指示|あなたの(?:指示|ルール)|上の(?:テキスト|文章)|上記の(?:テキスト|文章|内容)',
    machine: '環境変数|設定ファイル|認証情報|(?:秘密の|管理者の|データベースの)パスワード|apiキー|秘密鍵|シークレット',
    free: '制限のない|制限なし|制約のない|ルールのない',
    verbLast: true,
  },
  ko: {
    forget: '무시|잊어|따르지 마|우회',
    rules: '지시|명령|규칙|프롬프트|제한|지침|내용',
    which: '이전|앞의|위의|모든|모두|지금까지',
    tell: '보여|출력|알려|말해|표시|인쇄|나열|반복|공개',
    prompt: '시스템 ?프롬프트|시스템 ?메시지|초기 ?프롬프트|숨겨진 지시|위의 (?:텍스트|내용|글)',
    machine: '환경 ?변수|설정 ?파일|자격 ?증명|비밀번호|api ?키|비밀 ?키|시크릿',
    free: '제한이 없는|제한 없는|제약이 없는|규칙이 없는',
    verbLast: true,
  },
  ar: {
    forget: 'تجاهل|انس|تجاوز|لا تتبع',
    rules: 'التعليمات|الأوامر|القواعد|القيود|التوجيهات|ما قيل',
    which: 'السابقة|جميع|كل|أعلاه|من قبل',
    tell: 'اعرض|اطبع|أظهر|أخبرني|اكشف|أعطني|كرر|اذكر|ما هي|ما هو',
    prompt: 'موجه النظام|رسالة النظام|تعليمات النظام|تعليماتك|النص أعلاه',
    machine: 'متغيرات البيئة|ملف الإعدادات|بيانات الاعتماد|كلمة (?:المرور|السر) السرية|كلمات المرور|مفتاح api|المفتاح السري',
    free: 'بلا قيود|بدون (?:أي )?قيود|دون قيود',
  },
  hi: {
    forget: 'अनदेखा|नज़रअंदाज़|भूल जाओ|भूल जाएं|मत मानो',
    rules: 'निर्देश|नियम|आदेश|प्रतिबंध|बताया गया',
    which: 'पिछले|पहले|ऊपर|सभी|सारे',
    tell: 'दिखाओ|दिखाएं|बताओ|बताएं|प्रिंट|दोहराओ|दोहराएं|क्या है',
    prompt: 'सिस्टम (?:प्रॉम्प्ट|संदेश|निर्देश)|ऊपर का (?:पाठ|टेक्स्ट)|अपने निर्देश',
    machine: 'एनवायरनमेंट वेरिएबल|पर्यावरण चर|गुप्त (?:पासवर्ड|कुंजी)|एपीआई कुंजी|क्रेडेंशियल',
    free: 'बिना किसी (?:प्रतिबंध|नियम|सीमा)',
    verbLast: true,
  },
};
