import { describeMatrix } from './matrix.ts';

describeMatrix('persona', { road: 'account', isEveryRow: false });
describeMatrix('persona', { road: 'inquiry', isEveryRow: false });
describeMatrix('persona', { road: 'transaction', isEveryRow: false });
