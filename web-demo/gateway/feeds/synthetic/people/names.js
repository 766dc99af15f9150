/** Names of simulated people. */

export const FIRST_NAMES = [
  ...['Amira', 'Ben', 'Carla', 'Dmitri', 'Esther', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jamal'],
  ...['Kirsten', 'Leo', 'Marta', 'Nils', 'Olga', 'Pedro', 'Quinn', 'Rosa', 'Stefan', 'Tara'],
  ...['Umar', 'Vera', 'Walt', 'Xenia', 'Yusuf', 'Zoe', 'Anouk', 'Bilal', 'Clara', 'Edgar'],
];

export const LAST_INITIALS = [...'ABCDEFGHJKLMNOPRSTVWZ'];
