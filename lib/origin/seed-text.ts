/** The words that seeded rows are made of: enough of them that a list of tasks reads like one of a real team. */

export const FIRST_NAMES =
  'Aisha Alejandro Amara Anders Anika Arjun Astrid Beatriz Bruno Camille Chidi Clara Daniel Diego Dorota Elena Emeka Emil Esra Farah Felix Fiona Freya Gabriel Grace Hana Henrik Ibrahim Ines Isaac Jana Jonas Julia Kaito Karim Keiko Lars Leila Liam Linh Lucia Malik Marta Mateo Mei Mina Nadia Nikhil Noor Oksana Olivia Omar Paulo Petra Priya Quinn Rafael Rania Rosa Samir Sara Sofia Sven Tariq Thea Tomas Uma Viktor Wanjiru Yara Yusuf Zoe'.split(
    ' ',
  )

export const LAST_NAMES =
  'Abadi Adeyemi Almeida Andersson Bakker Banerjee Becker Bianchi Boateng Brandt Carvalho Castillo Chen Costa Dahl Dubois Eriksen Farouk Fernandez Fischer Garcia Gupta Haddad Hansen Hoffmann Horvat Ivanova Jansen Johansson Kamau Kim Kowalski Kumar Laurent Lefevre Lindqvist Lopez Marino Mehta Mendes Moreau Mueller Nakamura Ndiaye Nguyen Novak Okafor Oliveira Osei Park Patel Pereira Petrov Rahman Ramos Reyes Rossi Santos Sato Schmidt Silva Singh Sokolov Suzuki Tanaka Torres Varga Vasquez Wagner Weber Yilmaz Zhang'.split(
    ' ',
  )

export const VERBS =
  'Audit Automate Benchmark Check Clean up Close Compare Confirm Consolidate Document Draft Estimate Fix Investigate Measure Merge Migrate Move Plan Prepare Profile Prototype Publish Refactor Remove Rename Replace Review Rework Roll out Schedule Simplify Split Test Translate Trim Update Upgrade Validate Write up'
    .replace(/ (up|out)\b/g, '_$1')
    .split(' ')
    .map((verb) => verb.replace('_', ' '))

export const OBJECTS = [
  'the invoice export',
  'the onboarding emails',
  'the search index',
  'the billing webhooks',
  'the login form',
  'the nightly backup',
  'the rate limits',
  'the image resizer',
  'the audit log',
  'the customer survey',
  'the pricing page',
  'the mobile menu',
  'the payment retries',
  'the release notes',
  'the error budget',
  'the staging data',
  'the session store',
  'the address validation',
  'the quarterly report',
  'the feature flags',
  'the support macros',
  'the password reset',
  'the cookie banner',
  'the calendar sync',
  'the upload limits',
  'the permission checks',
  'the dashboard filters',
  'the alert thresholds',
  'the tax calculation',
  'the delivery estimates',
  'the cache headers',
  'the slow query list',
  'the contract template',
  'the hiring plan',
  'the vendor list',
  'the keyboard shortcuts',
  'the print layout',
  'the import wizard',
  'the time zone handling',
  'the status page',
]

export const CONTEXTS = [
  'before the spring release',
  'for the Lisbon team',
  'after the incident of last week',
  'with the new supplier',
  'for customers on the annual plan',
  'on the oldest accounts',
  'in the admin area',
  'for screen readers',
  'on slow connections',
  'ahead of the audit',
  'for the partner portal',
  'in both regions',
  'without downtime',
  'for the second quarter',
  'on the staging cluster',
  'with legal',
  'for the public API',
  'in the mobile app',
  'for the wholesale shop',
  'across all locales',
  'as agreed in the retrospective',
  'for trial accounts',
  'on the reporting replica',
  'with the design team',
  'before the contract ends',
  'for the help centre',
  'under the new policy',
  'for the warehouse',
  'after the migration',
  'for the pilot group',
]

export const SENTENCES = [
  'Two customers asked about this in the same week, so it is worth doing properly.',
  'The old behaviour has to stay available behind a flag until everybody has moved.',
  'Agree on the wording first; the change itself is small.',
  'There is a spreadsheet with the affected accounts in the shared folder.',
  'Ask finance for the figures of the last three months before starting.',
  'Numbers from the last test are attached, but they were taken on a quiet day.',
  'It fails about once in two hundred times, always on the first request of the day.',
  'Whoever picks this up should pair with the support team for an hour.',
  'Keep the first version narrow and leave the rest for a follow-up.',
  'The current page takes more than two seconds on a phone, which is too long.',
  'Nobody remembers why the limit is twelve; find out before raising it.',
  'We promised an answer by the end of the month.',
  'Screenshots of the broken layout are in the comments below.',
  'This blocks two other tasks, so please say early if it grows.',
  'The test data is out of date and hides the problem.',
  'Write down what was decided, since we have discussed it three times already.',
  'It is fine to drop support for the oldest format.',
  'Check that the totals still agree with the ledger afterwards.',
  'The vendor says it is fixed on their side; verify rather than believe.',
  'Measure before and after, on the same machine, with the same load.',
]

export const COMMENTS = [
  'Had a look this morning and the cause seems to be further up than we thought.',
  'Agreed, let us do the small version first.',
  'Could you add the numbers from last week so that we can compare?',
  'I can take the review when it is ready.',
  'Moved the date by a few days, the other team needs more time.',
  'This works on staging now; please try it with a large account.',
  'Spoke to the customer and they are happy with the workaround for now.',
  'The failing case is reproduced, steps are in the notes.',
  'Do we still need this after the change to the billing page?',
  'Split the second half into a task of its own.',
  'The latest build is noticeably faster, see the chart.',
  'Waiting for an answer from the vendor, will ask again on Monday.',
  'Good catch, fixed together with the other one.',
  'Left two remarks about naming, otherwise fine.',
  'Please keep an eye on the error rate after the roll-out.',
]
