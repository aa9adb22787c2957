/**
 * A store cannot be opened, reached or trusted. Its message is for the operator, and never holds a password;
 * whatever was being written is kept as a whole or not at all, and may be sent again.
 */
export class NoStore extends Error {}
