/** Texts of the frame: rail, status bar, palette, shortcuts. */
export const frame = {
  'frame.navigation': 'Screens',
  'frame.main': 'Work',
  'frame.status': 'Status',
  'frame.skip': 'Skip to work',
  'screen.today': 'Today',
  'screen.capture': 'Capture',
  'screen.submissions': 'Submissions',
  'screen.attention': 'Attention',
  'screen.activity': 'Activity',
  'screen.settings': 'Settings',
  'frame.attentionCount_one': '{{count}} needs a person',
  'frame.attentionCount_other': '{{count}} need a person',
  'frame.loading': 'Loading',
} as const;
