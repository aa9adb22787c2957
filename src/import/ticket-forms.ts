/**
 * The forms that a ticket can be made with, as `.github/ISSUE_TEMPLATE` has them: GitHub keeps of a form only the
 * labels of its fields, as headings. A test holds the two together.
 */
export const ticketKinds = ['project', 'cell', 'item'] as const
export type TicketKind = (typeof ticketKinds)[number]

export interface TicketField {
  /** Id of the field, which is the key of the content. */
  key: string
  /** What stands above its answer. */
  label: string
  /** How an answer is written: one line, chosen words with commas between them, or several lines. */
  type: 'input' | 'dropdown' | 'textarea'
  isRequired: boolean
}

export interface TicketForm {
  file: string
  /** The label that GitHub puts on a ticket of this form. */
  label: string
  /** In the order of the form. */
  fields: readonly TicketField[]
}

const field = (key: string, label: string, type: TicketField['type'] = 'input'): TicketField => ({
  key,
  label,
  type,
  isRequired: true,
})
const optional = (key: string, label: string, type: TicketField['type'] = 'input'): TicketField => ({
  key,
  label,
  type,
  isRequired: false,
})

export const ticketForms: Record<TicketKind, TicketForm> = {
  project: {
    file: 'add-a-project.yml',
    label: 'project',
    fields: [
      field('name', 'Name'),
      field('summary', 'Summary'),
      field('homepage', 'Homepage'),
      optional('repository', 'Repository'),
      field('categories', 'Categories', 'dropdown'),
      optional('identifiers', 'Identifiers', 'textarea'),
      optional('architectures', 'Architectures', 'dropdown'),
      optional('support', 'Support', 'dropdown'),
      optional('date', 'Date'),
      optional('link', 'Link'),
      optional('note', 'Note', 'textarea'),
    ],
  },
  cell: {
    file: 'correct-a-cell.yml',
    label: 'claim',
    fields: [
      field('project', 'Project'),
      field('architectures', 'Architectures', 'dropdown'),
      field('support', 'Support', 'dropdown'),
      field('date', 'Date'),
      field('link', 'Link'),
      optional('version', 'Version'),
      optional('note', 'Note', 'textarea'),
    ],
  },
  item: {
    file: 'newsletter-item.yml',
    label: 'newsletter',
    fields: [
      field('title', 'Title'),
      field('link', 'Link'),
      field('date', 'Date'),
      field('section', 'Section', 'dropdown'),
      optional('projects', 'Projects'),
      optional('architectures', 'Architectures', 'dropdown'),
      field('text', 'Text', 'textarea'),
    ],
  },
}
