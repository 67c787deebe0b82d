/** What a person changes of a connection and its flows, for them to read before they save it and afterwards in the ledger. */
export const changes: Readonly<Record<string, string>> = {
  'change.connection.renamed': 'The connection “{{from}}” is called “{{to}}”.',
  'change.connection.address': 'The address is {{to}}; it was {{from}}.',
  'change.connection.setting': '{{setting}}: “{{to}}” in place of “{{from}}”.',
  'change.connection.settingSet': '{{setting}}: “{{to}}”.',
  'change.connection.settingCleared': '{{setting}}: empty in place of “{{from}}”.',
  'change.flow.added': 'The flow “{{flow}}” is added.',
  'change.flow.removed': 'The flow “{{flow}}” is removed.',
  'change.flow.first': 'The flows have another order; “{{flow}}” is offered first.',
  'change.flow.renamed': 'The flow “{{from}}” is called “{{flow}}”.',
  'change.flow.reordered': '“{{flow}}”: the requirements are wanted in another order.',
  'change.flow.way': '“{{flow}}”: the provider is reached another way: {{way}}.',
  'change.flow.routeField': '“{{flow}}”: {{routeField}}: “{{to}}” in place of “{{from}}”.',
  'change.flow.routeFieldSet': '“{{flow}}”: {{routeField}}: “{{to}}”.',
  'change.flow.routeFieldCleared': '“{{flow}}”: {{routeField}}: empty in place of “{{from}}”.',
  'change.flow.fieldAsked': '“{{flow}}”: the counter must ask for: {{field}}.',
  'change.flow.fieldNotAsked': '“{{flow}}”: the counter need not ask any more for: {{field}}.',
  'change.flow.severity': '“{{flow}}”: {{rule}}: “{{toSeverity}}” in place of “{{fromSeverity}}”.',
  'change.flow.details': '“{{flow}}”: other details.',
  'change.requirement.added': '“{{flow}}”: “{{requirement}}” is wanted as well.',
  'change.requirement.addedOptional': '“{{flow}}”: “{{requirement}}” is taken as well, and is optional.',
  'change.requirement.removed': '“{{flow}}”: “{{requirement}}” is not wanted any more.',
  'change.requirement.renamed': '“{{flow}}”: the requirement “{{from}}” is called “{{requirement}}”.',
  'change.requirement.optional': '“{{flow}}”: “{{requirement}}” is optional.',
  'change.requirement.required': '“{{flow}}”: “{{requirement}}” is not optional any more.',
  'change.requirement.maxAge_one': '“{{flow}}”: “{{requirement}}” may be {{count}} day old at most.',
  'change.requirement.maxAge_other': '“{{flow}}”: “{{requirement}}” may be {{count}} days old at most.',
  'change.requirement.anyAge': '“{{flow}}”: “{{requirement}}” may be as old as it likes.',
  'change.document.added': '“{{flow}}”: “{{requirement}}” takes another document: {{documentType}} ({{sides}}).',
  'change.document.removed': '“{{flow}}”: “{{requirement}}” does not take this document any more: {{documentType}}.',
  'change.document.first':
    '“{{flow}}”: “{{requirement}}” offers its documents in another order: {{documentType}} first.',
  'change.document.sides':
    '“{{flow}}”: “{{requirement}}”, {{documentType}}: “{{toSides}}” in place of “{{fromSides}}”.',
  'change.document.word':
    '“{{flow}}”: “{{requirement}}”, {{documentType}}: the provider’s word is “{{to}}”, not “{{from}}”.',
  'change.document.maxAge_one': '“{{flow}}”: “{{requirement}}”, {{documentType}}: {{count}} day old at most.',
  'change.document.maxAge_other': '“{{flow}}”: “{{requirement}}”, {{documentType}}: {{count}} days old at most.',
  'change.document.anyAge': '“{{flow}}”: “{{requirement}}”, {{documentType}}: as old as it likes.',

  'connection.otherProvider': 'A connection stays with its provider. Add another connection for another one.',
  'connection.addressIsFixed':
    'The address cannot be changed to this one, because the stored credential would go there. Add another connection with it.',
  'connection.flowInUse_one':
    'The flow “{{flow}}” cannot be removed: {{count}} customer at the desk or not sent yet is under it. Wait until that customer is sent, void them, or keep the flow.',
  'connection.flowInUse_other':
    'The flow “{{flow}}” cannot be removed: {{count}} customers at the desk or not sent yet are under it. Wait until they are sent, void them, or keep the flow.',
  'connection.flowIdUsed':
    'The flow “{{flow}}” cannot have the id “{{id}}”: customers are under another flow of that id, which was removed. Give it another id.',
  'connection.flowKindFixed':
    'The flow “{{flow}}” cannot change between persons and companies. Add another flow, with an id of its own.',
  'ledger.connectionChanged_one': 'The connection “{{connection}}” was changed in {{count}} point.',
  'ledger.connectionChanged_other': 'The connection “{{connection}}” was changed in {{count}} points.',
  'ledger.flowFollowed': 'The flow “{{flow}}” was changed, and this customer follows it.',
  'ledger.flowMoved': 'A page went along to another slot, because the flow was changed: {{requirement}}.',
  'ledger.flowSetAside': 'A page was laid into the tray, because the flow has no slot for it any more.',
};
