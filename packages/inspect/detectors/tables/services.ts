// Names of services whose keys have no form of their own: the name, an operator and drawn characters make one.
// A list of names only; ../service-key.ts reads it.

/** Names too short to stand for themselves: only at a word's start and with a word for a credential right behind. */
export const SHORT_SERVICES =
  '(?<![a-z])(?:aha|box|cdn|civo|eth|exa|fal|fly|fs|gcp|ghost|hunter|ibm|ibmcloud|kagi|lob|m3o|miro|mux|n8n|neon|ovh|poly|rev|retell|tru|uber|vk|wit|wiz|x_ai|xai|you|zai|fb|tw|dd|mg|gh|gl|hf|oai)(?=[ _.-]{0,3}(?:api|app|auth|access|key|token|secret|private|client|bearer))';

export const SERVICES: readonly string[] =
  `abuseipdb abstractapi accuweather adafruit adobe adzuna aeroworkflow agora airbrake airship airtable airvisual aiven alchemy
  alegra algolia alibaba aliyun alienvault alphavantage amadeus ambee amplitude apiflash apify appdynamics appcues apptivo artifactory asana
  assemblyai atera authress autodesk autoklose avaza aylien baremetrics beamer beebole besttime billomat binance bitbucket bitfinex
  bitly bitmex bittrex blablacar blocknative bombbomb browserstack bubble bugsnag buildkite bybit calendly calorieninja campayn cannyio
  capsulecrm censys chatbot chatfule checkio checkly circleci clarifai clearbit clickhelp clickup cloudconvert cloudant cloudflare
  cloudimage cloudinary cloudmersive cloudplan cloudsmith clockify codacy codecov codeclimate coinapi coinbase coinlayer coinlib column
  commercejs confluent contentful contentstack convertapi convertkit copper coralogix coveralls craftmypdf crowdin cryptocompare currencycloud
  currencylayer currencyscoop customerio d7network dailymotion datadog datagov debounce deepai deepgram delighted demio detectify dfuse diffbot
  digitalocean discord disqus docusign documo doppler dovico dreamstudio drone droneci dropbox duply dynatrace dynalist easyinsight ecostruxure
  edamam edenai elastic elevenlabs enablex enigma etherscan ethplorer etsy everhour exchangerate fastforex fastly fibery figma
  fileio finage financialmodelingprep finicity finnhub fixer flatio flickr flightapi flightlabs flightstats floatapp flutterwave freshbooks freshdesk
  freshworks front fullstory fulcrum fxmarket geckoboard gemini gengo geoapify geocodio geoipify getgeoapi getresponse gitter
  glassnode gocanvas gocardless goodday grafana graphcms graphhopper groovehq guardian gumroad gyazo happyscribe harvest heroku
  helpscout hereapi honeycomb hotjar html2pdf hubspot humanity hunterio hypertrack ibmcloud iconfinder imagekit imagga imgur
  infura insightly intercom instagram invoiceocean ipapi ipdata ipgeolocation ipinfo ipinfodb ipquality ipstack jdbc jenkins jfrog jira jotform
  jumpcloud kanban karma keenio kickbox klaviyo klipfolio kontent kraken kucoin kickbox languagelayer larksuite lastfm launchdarkly
  leadfeeder lendflow lessannoyingcrm lexigram linear linkedin linode livestorm loadmill lob logdna loggly loginradius logzio lokalise
  loyverse luno magnetic mailboxlayer mailchimp mailerlite mailgun mailjet mailmodo mailsac mandrill mapbox mapquest marketstack mattermost mavenlink
  maxmind meaningcloud mediastack meistertask meraki mesibo messagebird metaapi microsoftteams mindmeister mixpanel mockaroo moderation monday moonclerk
  moosend mrticktock nasdaq netlify nethunt newrelic newsapi newscatcher nexmo nimble nightfall nitro noticeable nozbe nylas nytimes oanda omnisend
  onedesk onelogin onepagecrm onesignal onwatermeter openweather opencage openexchange opengraphr openuv opsgenie optimizely orbit owlbot packagecloud
  pagerduty pandadoc pandascore parallels parsehub parseur partnerstack pastebin paymo paypal paystack pendo pepipost percy photoroom pinata
  pinterest pipedream pipedrive pivotaltracker plaid planio planviewleankit plivo podio poloniex polygon positionstack postageapi postbacks
  postman postmark powrbot prerender privacy prodpad prospect prospectcrm proxycrawl pubnub pulumi purestake pushbullet pusher qase qualaroo
  qubole quickbooks rapidapi rapid7 raven rawg razorpay reachmail readme rebrandly recaptcha redis refiner rechargepayments requestfinance restpack
  rev ringcentral ritekit roaring rocketreach rollbar route4me rubygems runrunit salesblink salesforce salesmate sapling satismeter saucelabs scalr
  scrapeowl scrapestack scraperapi scrapfly scrapingant scrapingbee screenshotapi screenshotlayer segment selectpdf semaphore sendbird sendgrid
  sendinblue sentiment sentry serphouse serpapi serpstack shipday shippo shodan shopify shortcut shotstack shutterstock sidekiq signable signalwire
  signaturit signupgenius simplesat simplynoted simvoly sinch sirv siteleaf skrappio skybiometry slack smartsheets smartystreets snapchat snipcart snyk
  sonarcloud sonarqube soundcloud sourcegraph splunk splashbase spoonacular sportradar sportsmonks spotify square squarespace squareup sslmate stackhawk
  statuscake statuspage statsig stitchdata stockdata storecove stormboard stormglass storyblok storychief strava streak stripe stytch sugester sumologic
  supernotes surge surveyanyplace surveybot surveysparrow swell swiftype talenox tatumio taxjar teamgate teamwork technicalanalysis telegram telesign
  teletype telnyx text2data textmagic theoddsapi thinkific thousandeyes ticketmaster tiingo tinify tineswebhook todoist toggl tomorrowio tomtom tradier transferwise travelpayouts
  travisci travis trello tru twelvedata twilio twitch twitter tyntec typeform typetalk ubidots uclassify unify unplugg unsplash upcdatabase uplead
  uploadcare uptimerobot upwave urlscan userflow userstack vagrant vatlayer vbout vercel verifier verimail veriphone versioneye vimeo virustotal visibleapps
  vonage vouchery vpnapi vultr vyte walkscore wandb weatherbit weatherstack webex webflow webscraper webscraping wepay whoxy wistia wit worksnaps
  workstack worldcoinindex worldweather wrike yandex yelp yodlee youneedabudget youtube zapier zenduty zendesk zenkit zenloop zenrows zenscrape zenserp
  zeplin zerobounce zerotier zipapi zipbooks zipcodeapi zoho zonkafeedback zoom openai anthropic cohere mistral deepseek groq perplexity replicate huggingface
  stability together azure_openai langchain langsmith pinecone weaviate qdrant voyage nomic cerebras fireworks deepinfra octoai
  supabase firebase planetscale mongodb_atlas upstash turso neon cockroach fauna appwrite clerk auth0 okta keycloak stytch workos
  sendcloud easypost fedex dhl ups usps paddle lemonsqueezy chargebee recurly braintree adyen mollie klarna razorpay cashfree
  cognito amplify lightsail linode hetzner vultr scaleway ovh equinix packet rackspace upcloud fly_io railway render
  posthog heap mixpanel rudderstack braze iterable customerio onesignal
  abbysale aerisweather aftership akamai alconost aletheiaapi alicloud allsports amazonmws anypoint apacta apideck
  apifonica apilayer apimatic apiscience apitemplate appfollow appointedd appsynergy argocd artsy audd authorizenet
  autopilot avalara aviationstack axonaut ayrshare baidu bamboo bannerbear baseapiio baseten basistheory besnappy
  bigcommerce bitbar bitcoinaverage bitgo blazemeter blitapp bloggr bluesnap boostnote borgbase brandfetch
  brightlocal browshot bscscan buddyns bugherd bulbul bulksms buttercms caflou calendarific captaindata
  carboninterface cashboard caspio centralstation cexio chartbeat chartmogul checkmarket checkvist churnzero cisco
  citrix clickmeter clicksend clientary clinchpad cloudelements cloudsight cloudways cloverly cloze clustdoc
  codemagic codequiry coingecko coinmarketcap cometchat companyhub contentsquare convier copyscape couchbase
  countrylayer createsend crossbrowsertesting crowdstrike currencyfreaks currentsapi customerguru cybersource
  dailyco dandelion dareboost databox databricks datafire detectlanguage devto diggernaut dnscheck dockerhub
  docparser dotdigital dotmailer dronahq duffel dwolla dynadot dyspatch eagleeyenetworks easyship edusign
  eightxeight elasticemail elasticpath emailoctopus endorlabs enterpriseapi eraser eventbrite eversign exaai
  exchangeratesapi facebook closecrm budibase atlassian humio logscale exportsdk extractorapi faceplusplus fakejson fastspring feedier fetchrss filestack findl
  firecrawl flagsmith fleetbase flowdash flowdock flowflu fmfw formbucket formcraft formio formsite formstack
  fortinet foursquare frameio fullcontact fusebill gainsight geocodify getemail getgist getsandbox gitea githubapp
  glitterly gogs goshippo gosquared grammarly greynoise gtmetrix happi hashicorp hashnode heatmapapi helicone
  hellosign helpcrunch heygen hibp hiveage holidayapi hologram huawei hybiscus hybridanalysis hypeauditor iexapis
  iexcloud image4 imagetotext imgix infobip instabot instamojo integromat interseller intra42 intrinio ipify iyzico
  jina joesandbox jsonbin jumpseller kagi kairos kakaotalk kaleyra kaltura kanbantool keygen kibana kissmetrics
  kiteconnect knapsackpro kubeconfig kylas lambdalabs langfuse lemlist linemessaging linenotify linkpreview
  liveagent locationiq lunchmoney macaddress madkudu magento magicbell mandiant matomo mercadopago messari metabase
  metrilo midise midjourney midtrans mixcloud mixmax mojohelpdesk monkeylearn moralis myexperiment myfreshworks
  myintervals nasa natalies netcore netsuite neutrinoapi nftport ngrok nicehash nicereply nordigen notion nubela
  nuget numverify nutritionix nvapi ocrspace omise onbuka onfleet onwaterio oopspam opendatasoft openmeteo
  openrouter optidash packagist pagarme page2images paloalto paperform paralleldots passbase paydirtapp paymongo
  payu pdflayer pdfmyurl pdfshift peopledatalabs pixabay plaidkey planyo pollsapi portainer portkey prefect
  prestashop printfection processst prometheus prospectio protocolsio proxycurl qualys quay quickbase quickmetrics
  rabbitmq reallysimplesystems recordedfuture redbooth rentman repairshopr revampcrm riotgames riskiq rocketchat
  rockset roninapp rosette rownd runwayml salescookie salesflare samsara sanity scraperbox scrapersite scrapingdog
  scrutinizer securitytrails sellfy sendoso sentinelone sheety sherpadesk shipengine shipstation shopeeopen sigopt
  simfin simplybook smooch smsapi snowflake sonatype sparkpost speechtext sportsmonk sqlserver stabilityai starton
  statuspal streamchat supportbee survicate tallyfy tavily teamcity teamup teamviewer tefter tenable tencent
  tencentcloud testingbot thingsboard threatbook tickettailor tiktok timecamp timekit timezoneapi tmetric togetherai
  tokeet totango trimble tumblr unifyid uproc urlhaus veevavault viber viewneo visualcrossing vitally vmware
  voiceflow voicegain voodoosms wakatime webengage websitepulse wechat weebly weightsandbiases wellsaid whatsapp
  windsurf woocommerce woopra wordsapi workday worldpay wpengine xendit yandexcloud yext yousign zipcodebase zulip
  zulipchat zuora`
    .split(/\s+/)
    .filter((name, index, all) => name.length > 3 && all.indexOf(name) === index)
    .sort();
