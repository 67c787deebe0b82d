import { describeMatrix } from './matrix.ts';

describeMatrix('persona', 'inquiry');
describeMatrix('persona', 'transaction');
