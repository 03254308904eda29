"""What a course, a check or a tool begins with: three files, one of them a test that passes."""
