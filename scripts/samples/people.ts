import type { MrzPerson } from './mrz.ts';

export interface Look {
  readonly skin: string;
  readonly hair: string;
  readonly hairStyle: 'long' | 'short' | 'bun' | 'curly' | 'bald' | 'bob';
  readonly clothes: string;
  readonly eyes: string;
  readonly glasses?: boolean;
  readonly beard?: boolean;
}

/** An invented customer. Nobody of this name and number exists: the country is ICAO's specimen country. */
export interface SamplePerson extends MrzPerson {
  readonly customer: string;
  readonly birthPlace: string;
  readonly issueDate: string;
  readonly country: string;
  readonly email: string;
  readonly phone: string;
  readonly reference: string;
  readonly street: string;
  readonly town: string;
  readonly look: Look;
}

export const AMELIE: SamplePerson = {
  customer: 'amelie',
  givenNames: 'Amelie Rose',
  familyName: 'Example',
  birthDate: '1988-04-17',
  sex: 'F',
  birthPlace: 'Amaurot',
  documentNumber: 'U4817205A',
  issueDate: '2024-03-02',
  expiryDate: '2034-03-01',
  country: 'AUS',
  email: 'amelie.example@satchel.invalid',
  phone: '+61491570006',
  reference: 'PRACTICE-1001',
  street: '12 Harbour Lane',
  town: '4100 Amaurot',
  look: { skin: '#f0c8a4', hair: '#7a3b1d', hairStyle: 'long', clothes: '#2f5d73', eyes: '#3d5a3a' },
};

export const BRUNO: SamplePerson = {
  customer: 'bruno',
  givenNames: 'Bruno',
  familyName: 'Muster',
  birthDate: '1975-11-30',
  sex: 'M',
  birthPlace: 'Anyder Bay',
  documentNumber: 'K20931746',
  issueDate: '2023-06-12',
  expiryDate: '2033-06-11',
  country: 'AUS',
  email: 'bruno.muster@satchel.invalid',
  phone: '+61491570156',
  reference: 'PRACTICE-1002',
  street: '7 Olive Terrace',
  town: '4210 Anyder Bay',
  look: { skin: '#c98d63', hair: '#2b211c', hairStyle: 'short', clothes: '#5b4a7a', eyes: '#3a2a1c', beard: true },
};

export const CLARA: SamplePerson = {
  customer: 'clara',
  givenNames: 'Clara Inez',
  familyName: 'Specimen',
  birthDate: '1996-02-09',
  sex: 'F',
  birthPlace: 'Nusquama',
  documentNumber: 'D77160382',
  issueDate: '2022-09-20',
  expiryDate: '2032-09-19',
  country: 'AUS',
  email: 'clara.specimen@satchel.invalid',
  phone: '+61491570157',
  reference: 'PRACTICE-1003',
  street: '88 Lantern Street',
  town: '4300 Nusquama',
  look: { skin: '#8a5a3c', hair: '#1b1410', hairStyle: 'curly', clothes: '#b5533c', eyes: '#2a1b12' },
};

export const DAVID: SamplePerson = {
  customer: 'david',
  givenNames: 'David Emil',
  familyName: 'Sample',
  birthDate: '1969-07-23',
  sex: 'M',
  birthPlace: 'Amaurot',
  documentNumber: 'U5503918C',
  issueDate: '2025-01-15',
  expiryDate: '2035-01-14',
  country: 'AUS',
  email: 'david.sample@satchel.invalid',
  phone: '+61491570158',
  reference: 'PRACTICE-1004',
  street: '3 Mill Road',
  town: '4100 Amaurot',
  look: { skin: '#f2d2b6', hair: '#9b9791', hairStyle: 'bald', clothes: '#3c4b57', eyes: '#44627a', glasses: true },
};

export const ELENA: SamplePerson = {
  customer: 'elena',
  givenNames: 'Elena',
  familyName: 'Probe',
  birthDate: '2001-12-05',
  sex: 'F',
  birthPlace: 'Port Saint Thomas',
  documentNumber: 'K31845520',
  issueDate: '2024-10-08',
  expiryDate: '2034-10-07',
  country: 'AUS',
  email: 'elena.probe@satchel.invalid',
  phone: '+61491570159',
  reference: 'PRACTICE-1005',
  street: '21 Chestnut Row',
  town: '4450 Port Saint Thomas',
  look: { skin: '#e3b38a', hair: '#3a2417', hairStyle: 'bob', clothes: '#7a8f3c', eyes: '#4a3320' },
};

export const FELIX: SamplePerson = {
  customer: 'felix',
  givenNames: 'Felix Ando',
  familyName: 'Placeholder',
  birthDate: '1992-08-14',
  sex: 'M',
  birthPlace: 'Anyder Bay',
  documentNumber: 'U6290174F',
  issueDate: '2023-11-03',
  expiryDate: '2033-11-02',
  country: 'AUS',
  email: 'felix.placeholder@satchel.invalid',
  phone: '+61491570110',
  reference: 'PRACTICE-1006',
  street: '5 Windmill Close',
  town: '4210 Anyder Bay',
  look: { skin: '#d9a877', hair: '#17130f', hairStyle: 'short', clothes: '#20605a', eyes: '#2a1f15' },
};
