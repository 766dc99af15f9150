/** The words of the simulated legislature. Nobody named here exists. */

export const TITLES = [
  'Clean Rivers and Estuaries Restoration Act',
  'Rural Broadband Completion Act',
  'Public Library Modernisation Act',
  'Veterans Housing Assistance Act',
  'Small Farm Drought Relief Act',
  'Open Government Data Act',
  'School Meals Quality Act',
  'Coastal Flood Preparedness Act',
  'Community Health Centers Support Act',
  'Apprenticeship Expansion Act',
  'Bridge and Tunnel Safety Act',
  'Consumer Credit Transparency Act',
  'Wildfire Response Coordination Act',
  'Night Train Network Act',
  'Postal Service Access Act',
  'Affordable Insulin Supply Act',
  'Election Workers Protection Act',
  'Battery Recycling Standards Act',
  'Child Care Tax Credit Act',
  'Public Transit Accessibility Act',
  'Drinking Water Lead Removal Act',
  'Repair of Electronic Devices Act',
  'National Trails Maintenance Act',
  'Court Interpreter Availability Act',
  'Urban Tree Canopy Act',
  'Emergency Alert Reliability Act',
  'Family Caregiver Leave Act',
  'Noise Pollution Measurement Act',
  'Cooperative Housing Finance Act',
  'Marine Sanctuary Monitoring Act',
];

export const SPONSORS = [
  'Rep. Amara Whitfield',
  'Rep. Jonas Delacroix',
  'Rep. Priya Ostrander',
  'Rep. Tobias Nakamura',
  'Rep. Elena Marchetti',
  'Rep. Samuel Okonjo',
  'Rep. Ingrid Valdez',
  'Rep. Walter Brandvold',
  'Sen. Miriam Castellan',
  'Sen. Harold Brightwater',
  'Sen. Noor Abernathy',
  'Sen. Victor Lindqvist',
  'Sen. Celeste Okafor',
  'Sen. Desmond Farrow',
  'Sen. Yuki Thornbury',
  'Sen. Rafael Eastman',
];

export const COMMITTEES = [
  'Environment and Public Works',
  'Energy and Commerce',
  'Education and Labor',
  'Veterans\u2019 Affairs',
  'Agriculture',
  'Oversight and Reform',
  'Transportation and Infrastructure',
  'Health',
  'Financial Services',
  'Judiciary',
];

export const COMMENTATORS = [
  'M. Ferreira',
  'civic_reader_41',
  'J. Holloway',
  'Lena K.',
  'ward7_resident',
  'R. Achterberg',
  'teacher_in_ohio',
  'S. Banerjee',
  'old_mill_farm',
  'D. Quispe',
  'harbor_pilot',
  'T. Iversen',
];

export const COMMENTS = [
  'This would finally settle the question our town has raised for years.',
  'How is section 4 going to be paid for after the third year?',
  'The reporting duty is too heavy for small communities.',
  'Please keep the grant programme from the committee draft.',
  'I support this, but the deadline is not realistic.',
  'Has anyone compared this with what our state already does?',
  'The definition in section 2 leaves out tribal lands.',
  'Thank you for adding the independent review.',
  'Why was the sunset clause removed?',
  'My clinic would benefit from this on the first day.',
];

export const EXPERTS = [
  ['Dr. Hana Solberg', 'Institute for Fiscal Studies of the Lakes'],
  ['Prof. Luc Ferrand', 'Chair of Constitutional Law'],
  ['Dr. Obi Chukwuma', 'Centre for Public Health Policy'],
  ['Dr. Astrid Keller', 'Water Research Council'],
  ['Prof. Daniel Moreau', 'School of Public Administration'],
  ['Dr. Sunita Rao', 'Transport Economics Group'],
];

export const ANALYSES = [
  'The cost falls mostly in the first two years; later savings are uncertain.',
  'Comparable programmes reached about two thirds of those who were eligible.',
  'The enforcement section depends on rules that do not exist yet.',
  'Small providers are exempt, which covers one in five affected people.',
  'The evidence for the main measure is strong; for the reporting duty it is thin.',
];

export const CONSTITUTIONAL_QUESTIONS = [
  ['Tenth Amendment', 'Conditions on grants could be read as directing state agencies.'],
  ['First Amendment', 'The disclosure duty touches protected speech.'],
  ['Commerce Clause', 'Section 6 reaches activity within a single state.'],
  ['Due Process', 'The penalty section has no provision for a hearing.'],
  ['Fourth Amendment', 'Inspections without a warrant need a narrower purpose.'],
];

export const AMENDMENT_PURPOSES = [
  'To extend the deadline for the first report by one year.',
  'To strike section 5.',
  'To raise the share reserved for rural communities.',
  'To require an independent evaluation.',
  'To clarify the definition of an eligible applicant.',
  'To add a sunset clause.',
  'To limit administrative costs to three percent.',
  'To make technical corrections.',
];
