// Every detector that is built in. To add one: write its row in a file of its own or in a table, and list it here.
import type { Detector } from '../detector.ts';
import { assignment } from './assignment.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { card } from './card.ts';
import { chat } from './chat.ts';
import { cloud } from './cloud.ts';
import { commandPassword } from './command-password.ts';
import { connectionString } from './connection-string.ts';
import { email } from './email.ts';
import { exfil } from './exfil.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { google } from './google.ts';
import { hiddenText } from './hidden-text.ts';
import { httpAuth } from './http-auth.ts';
import { iban } from './iban.ts';
import { injection } from './injection.ts';
import { ip } from './ip.ts';
import { jwt } from './jwt.ts';
import { models } from './models.ts';
import { money } from './money.ts';
import { nearService } from './near-service.ts';
import { packages } from './packages.ts';
import { passwordNote } from './password-note.ts';
import { account } from './personal/account.ts';
import { address } from './personal/address.ts';
import { birth } from './personal/birth.ts';
import { ids } from './personal/ids.ts';
import { person } from './personal/person.ts';
import { phone } from './phone.ts';
import { privateKey } from './private-key.ts';
import { serviceKey } from './service-key.ts';
import { settings } from './settings.ts';
import { sluiceKey } from './sluice-key.ts';
import { addresses } from './tables/addresses.ts';
import { composedTokens } from './tables/composed.ts';
import { prefixedTokens } from './tables/prefixed.ts';
import { unknownToken } from './unknown-token.ts';
import { usSsn } from './us-ssn.ts';
import { work } from './work.ts';

export { hostOf } from './exfil.ts';

export const builtin: readonly Detector[] = [
  ...privateKey,
  ...sluiceKey,
  ...aws,
  ...github,
  ...gitlab,
  ...google,
  ...azure,
  ...models,
  ...chat,
  ...money,
  ...packages,
  ...cloud,
  ...work,
  ...prefixedTokens,
  ...composedTokens,
  ...addresses,
  ...jwt,
  ...connectionString,
  ...httpAuth,
  ...assignment,
  ...commandPassword,
  ...settings,
  ...passwordNote,
  ...serviceKey,
  ...nearService,
  ...unknownToken,
  ...email,
  ...phone,
  ...card,
  ...iban,
  ...usSsn,
  ...ip,
  ...ids,
  ...account,
  ...person,
  ...birth,
  ...address,
  ...injection,
  ...exfil,
  ...hiddenText,
];
