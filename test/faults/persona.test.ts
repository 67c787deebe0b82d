import { describeLargeBodies, describeMatrix } from './matrix.ts';

describeMatrix('persona');
describeLargeBodies('persona', 'persona.document.create', '/generics');
