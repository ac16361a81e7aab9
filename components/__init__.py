"""What is seen: Streamlit pages and pieces."""
