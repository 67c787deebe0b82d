export { SubmissionsScreen } from './SubmissionsScreen.tsx';
