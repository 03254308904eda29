"""How a course is divided into chapters, in which order, and what each is called."""
