// Which part of a report speaks to which control of which framework. The numbers are those of the framework's own text; that
// a part speaks to a control does not say that the control is met.

export interface Control {
  readonly part: 'access' | 'findings' | 'approvals' | 'policies' | 'retention' | 'record';
  readonly framework: string;
  readonly control: string;
  readonly source: string;
}

const SOC2 = ['SOC 2', 'AICPA Trust Services Criteria (2017, points of focus 2022)'] as const;
const ISO = ['ISO/IEC 27001:2022', 'ISO/IEC 27001:2022, Annex A'] as const;
const GDPR = ['GDPR', 'Regulation (EU) 2016/679'] as const;
const HIPAA = ['HIPAA', '45 CFR Part 164'] as const;
const PCI = ['PCI DSS 4', 'PCI DSS v4.0.1'] as const;
const AI_ACT = ['EU AI Act', 'Regulation (EU) 2024/1689'] as const;

const row = (
  part: Control['part'],
  [framework, source]: readonly [string, string],
  control: string,
): Control => ({ part, framework, control, source });

export const CONTROLS: readonly Control[] = [
  row('access', SOC2, 'CC6.1, CC6.2, CC6.3'),
  row('access', ISO, 'A.5.15, A.5.18, A.8.3'),
  row('access', HIPAA, '164.312(a)(1), 164.308(a)(4)'),
  row('access', PCI, '7.2.4, 8.2.1'),
  row('findings', SOC2, 'CC6.7, C1.1'),
  row('findings', ISO, 'A.8.11, A.8.12'),
  row('findings', GDPR, 'Art. 5(1)(c), Art. 25, Art. 32(1)(a)'),
  row('findings', HIPAA, '164.502(b), 164.312(e)(1)'),
  row('findings', PCI, '3.4.1, 3.5.1'),
  row('approvals', SOC2, 'CC6.3, CC8.1'),
  row('approvals', ISO, 'A.5.3'),
  row('approvals', AI_ACT, 'Art. 26(2)'),
  row('policies', SOC2, 'CC8.1'),
  row('policies', ISO, 'A.8.9, A.8.32'),
  row('policies', PCI, '6.5.1'),
  row('retention', GDPR, 'Art. 5(1)(e), Art. 17'),
  row('retention', HIPAA, '164.316(b)(2)(i)'),
  row('retention', PCI, '3.2.1, 10.5.1'),
  row('retention', AI_ACT, 'Art. 19(1), Art. 26(6)'),
  row('record', SOC2, 'CC7.2, CC7.3'),
  row('record', ISO, 'A.8.15, A.5.28'),
  row('record', GDPR, 'Art. 5(2), Art. 30'),
  row('record', HIPAA, '164.312(b), 164.312(c)(1)'),
  row('record', PCI, '10.2.1, 10.3.2, 10.3.4'),
  row('record', AI_ACT, 'Art. 12(1), Art. 12(2)'),
];
